using System.Net.Http.Headers;
using Actors.Cli.Http;
using Actors.Cli.Messages;
using Actors.Cli.Tools;

namespace Actors.Cli.Stateless;

/// <summary>The headers of revision 2026-07-28, mirrored from the body (Streamable HTTP, Request Metadata).</summary>
internal static class RequestHeaders
{
    public static void Add(HttpRequestHeaders headers, Message request, KnownTools tools)
    {
        // These two have no encoded form: what no header can carry, the server finds missing, and says so.
        AddPlain(headers, "MCP-Protocol-Version", request.MetaVersion);
        AddPlain(headers, "Mcp-Method", request.Method);
        if (NameOf(request) is { } name)
            headers.TryAddWithoutValidation("Mcp-Name", HeaderText.Encode(name));
        if (request is { Method: "tools/call", Name: { } tool } && tools.Find(tool) is { } known)
            ParameterHeaders.Add(headers, known.HeaderParameters, request.Arguments);
    }

    private static string? NameOf(Message request) => request.Method switch
    {
        "tools/call" or "prompts/get" => request.Name,
        "resources/read" => request.Uri,
        // The tasks extension, Streamable HTTP: Routing Headers.
        "tasks/get" or "tasks/update" or "tasks/cancel" => request.TaskId,
        _ => null,
    };

    private static void AddPlain(HttpRequestHeaders headers, string name, string? value)
    {
        if (value is not null && HeaderText.IsPlain(value))
            headers.TryAddWithoutValidation(name, value);
    }
}
