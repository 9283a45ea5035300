using System.Net.Http.Headers;
using Actors.Cli.Http;
using Actors.Cli.Messages;

namespace Actors.Cli.Sessions;

/// <summary>A session of revision 2025-11-25 or older, as its initialize made it.</summary>
/// <param name="Id">What the server calls it; null: it keeps none, which those revisions allow.</param>
/// <param name="Version">The revision agreed on.</param>
internal sealed record Session(string? Id, string Version)
{
    /// <summary>Null: the answer opens no session.</summary>
    public static Session? From(Reply reply, Message answer) =>
        InitializeResult.VersionOf(answer) is { } version ? new Session(reply.SessionId, version) : null;

    public void AddTo(HttpRequestHeaders headers)
    {
        if (HeaderText.IsPlain(Version))
            headers.TryAddWithoutValidation("MCP-Protocol-Version", Version);
        if (Id is not null)
            headers.TryAddWithoutValidation("Mcp-Session-Id", Id);
    }
}
