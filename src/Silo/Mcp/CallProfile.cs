using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Actors.Silo.Mcp;

/// <summary>Who is at the other end of a call, as its tool sees it. Most tools never look, so it is read when one does.</summary>
/// <param name="protocolVersion">The revision.</param>
/// <param name="capabilities">UTF-8 JSON of the client's capabilities.</param>
/// <param name="clientInfo">UTF-8 JSON of its Implementation, or null.</param>
/// <param name="logLevel">The lowest level of messages to send, or null for none.</param>
/// <param name="answersThroughJobTools">The client can answer a job's elicitation whatever it declared.</param>
internal sealed class CallProfile(
    string protocolVersion, byte[] capabilities, byte[]? clientInfo, LoggingLevel? logLevel, bool answersThroughJobTools)
{
    private ClientCapabilities? _capabilities;
    private Implementation? _clientInfo;

    public string ProtocolVersion => protocolVersion;

    public LoggingLevel? LogLevel => logLevel;

    public ClientCapabilities Capabilities => _capabilities ??= ReadCapabilities();

    public Implementation? ClientInfo => clientInfo is null ? null : _clientInfo ??= Json<Implementation>(clientInfo);

    /// <summary>The SDK's level of that name, or null where the protocol has none.</summary>
    public static LoggingLevel? Level(string? name) =>
        Enum.TryParse<LoggingLevel>(name, ignoreCase: true, out var level) ? level : null;

    private ClientCapabilities ReadCapabilities()
    {
        var declared = Json<ClientCapabilities>(capabilities) ?? new ClientCapabilities();
        if (answersThroughJobTools)
        {
            declared.Elicitation ??= new ElicitationCapability { Form = new FormElicitationCapability() };
        }

        return declared;
    }

    private static T? Json<T>(byte[] utf8) => JsonSerializer.Deserialize<T>(utf8, McpJsonUtilities.DefaultOptions);
}
