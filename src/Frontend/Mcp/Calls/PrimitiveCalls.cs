using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Rounds;
using Actors.Tools;

namespace Actors.Frontend.Mcp.Calls;

/// <summary>Turns a request into what the silos execute.</summary>
internal static class PrimitiveCalls
{
    /// <exception cref="Errors.RefusedException">What the client says of itself is malformed.</exception>
    public static PrimitiveCall From(McpRequest request, string name, Round? round = null)
    {
        ClientDeclarations.Check(request);
        return new()
        {
            Caller = request.Caller,
            Method = request.Envelope.Method!,
            Name = name,
            Params = request.Params,
            ProtocolVersion = request.Envelope.ProtocolVersion!,
            ClientCapabilities = request.ClientCapabilities,
            ClientInfo = request.ClientInfo,
            LogLevel = request.Envelope.LogLevel,
            Exchanges = round?.Exchanges ?? [],
            RequestState = round?.ToolState,
            InputResponses = round?.Responses ?? [],
        };
    }
}
