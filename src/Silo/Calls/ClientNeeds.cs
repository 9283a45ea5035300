using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Actors.Silo.Calls;

/// <summary>What a client must have declared before it may be asked something.</summary>
internal static class ClientNeeds
{
    /// <summary>What the client must declare to be asked this, or null where it has.</summary>
    public static MissingRequiredClientCapabilityException? Missing(InputRequest question, ClientCapabilities declared)
    {
        var url = question.Params is { ValueKind: JsonValueKind.Object } p &&
            p.TryGetProperty("mode", out var mode) && mode.ValueEquals("url");
        return question.Method switch
        {
            "sampling/createMessage" when declared.Sampling is null => new(new() { Sampling = new() }),
            "roots/list" when declared.Roots is null => new(new() { Roots = new() }),
            "elicitation/create" when (url ? declared.Elicitation?.Url is null : declared.Elicitation?.Form is null) =>
                new(Elicitation(url)),
            _ => null,
        };
    }

    /// <summary>
    /// The error that a tool's failed question stands for, or null. The SDK refuses to ask with an InvalidOperationException,
    /// which only its text tells from others; the SDK's version is pinned, and a test asks each question.
    /// </summary>
    public static MissingRequiredClientCapabilityException? Refused(Exception exception) =>
        exception is InvalidOperationException { Source: "ModelContextProtocol.Core" } refused
            ? refused.Message switch
            {
                "Client does not support sampling." => new(new() { Sampling = new() }),
                "Client does not support roots." => new(new() { Roots = new() }),
                "Client does not support elicitation requests." or
                "Client does not support form mode elicitation requests." => new(Elicitation(url: false)),
                "Client does not support URL mode elicitation requests." => new(Elicitation(url: true)),
                _ => null,
            }
            : null;

    private static ClientCapabilities Elicitation(bool url) => new()
    {
        Elicitation = url ? new() { Url = new() } : new() { Form = new() },
    };
}
