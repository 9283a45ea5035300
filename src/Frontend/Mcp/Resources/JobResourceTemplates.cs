using System.Collections.Immutable;
using System.Text.Json;
using Actors.Frontend.Catalogues;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Actors.Frontend.Mcp.Resources;

/// <summary>The server's own resource templates, listed after the packs'.</summary>
internal static class JobResourceTemplates
{
    public static readonly ImmutableArray<ListEntry> All =
    [
        Entry("job://{id}", "job", "A job", "Where a job of yours stands, as job_get says it. Subscribe to it to hear of each change."),
        Entry("job://{id}/result{?offset,length}", "job-result", "A job's result",
            "The whole CallToolResult of a job of yours that has completed. A long one comes in pieces: offset and length are in bytes, and _meta says where the next piece begins."),
        Entry("job://{id}/log{?cursor,tail,from,to,level,search,limit}", "job-log", "A job's log",
            "What a job of yours has written down, as job_log gives it: by cursor, the last lines (tail), a range of time, a level and those above it, or a text."),
    ];

    private static ListEntry Entry(string template, string name, string title, string description) => new(
        template,
        JsonSerializer.SerializeToUtf8Bytes(
            new ResourceTemplate { UriTemplate = template, Name = name, Title = title, Description = description, MimeType = "application/json" },
            McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ResourceTemplate))));
}
