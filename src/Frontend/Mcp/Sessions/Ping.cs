using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary><c>ping</c>.</summary>
internal sealed class Ping(ServerIdentity identity) : LegacyMethod
{
    public override string Name => "ping";

    public override ValueTask HandleAsync(McpRequest request) => Acknowledgement.SendAsync(request, identity);
}
