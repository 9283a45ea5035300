using System.ComponentModel;
using Actors.Jobs;
using Actors.KnowledgeBase.Documents;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.KnowledgeBase;

/// <summary>The documents of the knowledge base as resources.</summary>
[McpServerResourceType]
internal sealed class KnowledgeBaseResources(DocumentStore documents)
{
    private const string Scheme = "kb://doc/";

    [McpServerResource(UriTemplate = Scheme + "{+path}", Name = "kb_document", Title = "A document of the knowledge base", MimeType = "text/markdown")]
    [Description("The Markdown of a document, by the path that search_docs and list_recent give")]
    public async Task<ResourceContents> Document(JobContext job, string path, CancellationToken cancellationToken)
    {
        var page = await documents.PageAsync(job.Tenant, path, offset: 0, cancellationToken)
            ?? throw new McpProtocolException($"There is no document '{path}'.", McpErrorCode.ResourceNotFound);
        if (page.NextOffset is not null)
            throw new McpProtocolException($"The document has {page.TotalChars} characters, too many for a resource. Read it with get_doc.", McpErrorCode.InvalidParams);
        return new TextResourceContents { Uri = Scheme + path, MimeType = "text/markdown", Text = page.Text };
    }
}
