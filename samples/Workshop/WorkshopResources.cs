using System.ComponentModel;
using System.Text.Json;
using Actors.Jobs;
using Actors.Workshop.Sql;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.Workshop;

/// <summary>The saved queries as resources.</summary>
[McpServerResourceType]
internal sealed class WorkshopResources(Tables tables)
{
    private const string List = "workshop://saved-queries";

    [McpServerResource(UriTemplate = List, Name = "saved_queries", Title = "Saved queries", MimeType = "application/json")]
    [Description("The queries that were kept: name, title, and the URI of each one's SQL")]
    public async Task<ResourceContents> SavedQueries(JobContext job, CancellationToken cancellationToken)
    {
        var saved = await tables.SavedQueriesAsync(job.Tenant, cancellationToken);
        return new TextResourceContents
        {
            Uri = List,
            MimeType = "application/json",
            Text = JsonSerializer.Serialize(saved.Select(query => new { name = query.Name, title = query.Title, uri = $"{List}/{query.Name}" })),
        };
    }

    [McpServerResource(UriTemplate = List + "/{name}", Name = "saved_query", Title = "A saved query", MimeType = "application/sql")]
    [Description("The SQL of a saved query, ready for run_sql")]
    public async Task<ResourceContents> SavedQuery(JobContext job, string name, CancellationToken cancellationToken)
    {
        var saved = await tables.SavedQueriesAsync(job.Tenant, cancellationToken);
        return saved.FirstOrDefault(query => query.Name == name) is { } found
            ? new TextResourceContents { Uri = $"{List}/{name}", MimeType = "application/sql", Text = found.Query }
            : throw new McpProtocolException($"There is no saved query '{name}'. {List} lists those there are.", McpErrorCode.ResourceNotFound);
    }
}
