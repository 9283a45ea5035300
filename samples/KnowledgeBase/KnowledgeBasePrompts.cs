using System.ComponentModel;
using System.Globalization;
using System.Text;
using Actors.Jobs;
using Actors.KnowledgeBase.Search;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.KnowledgeBase;

/// <summary>The prompts of the knowledge base.</summary>
[McpServerPromptType]
internal sealed class KnowledgeBasePrompts(DocumentSearch search)
{
    private const int Hits = 5;

    [McpServerPrompt(Name = "answer_from_kb", Title = "Answer from the knowledge base")]
    [Description("Answers a question from the documents of the knowledge base, and says which it took the answer from")]
    public async Task<PromptMessage> AnswerFromKb(
        JobContext job,
        [Description("The question")] string question,
        CancellationToken cancellationToken)
    {
        var hits = await search.SearchAsync(job.Tenant, question, Hits, cancellationToken);
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"Answer this question from the knowledge base alone: {question}")
            .AppendLine()
            .AppendLine("Name the path of each document that a statement comes from. Read a document with get_doc before you rely on more "
                + "than the snippet, and search again with search_docs in other words if these do not answer it. "
                + "If the documents do not answer the question, say so; do not fill the gap from memory.")
            .AppendLine();
        if (hits.Count == 0)
            text.AppendLine("A search for the question found nothing. Begin with search_docs in other words.");
        foreach (var hit in hits)
            text.AppendLine(CultureInfo.InvariantCulture, $"## {hit.Path} ({hit.Heading})").AppendLine(hit.Snippet).AppendLine();
        return new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = text.ToString() } };
    }
}
