using System.Text.Json;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Actors.Frontend.JobTools;

/// <summary>
/// A tool of the server's own, through which a model that cannot speak the tasks extension follows its jobs. Its mistakes are
/// tool errors, in words the model can act on.
/// </summary>
internal abstract class JobTool(ServerIdentity identity)
{
    public abstract string Name { get; }

    protected abstract string Title { get; }

    /// <summary>For the model: when to call it, and what to do with the answer.</summary>
    protected abstract string Description { get; }

    /// <summary>JSON Schema of the arguments.</summary>
    protected abstract string InputSchema { get; }

    /// <summary>Whether a client with tasks needs it too, because the protocol has no method that does the same.</summary>
    public virtual bool IsBesideTasks => false;

    protected ServerIdentity Identity => identity;

    protected virtual bool IsReadOnly => true;

    protected virtual bool IsDestructive => !IsReadOnly;

    public byte[] Definition()
    {
        using var schema = JsonDocument.Parse(InputSchema);
        var tool = new Tool
        {
            Name = Name,
            Title = Title,
            Description = Description.ReplaceLineEndings(" "),
            InputSchema = schema.RootElement.Clone(),
            Annotations = new ToolAnnotations
            {
                Title = Title,
                ReadOnlyHint = IsReadOnly,
                DestructiveHint = IsDestructive,
                IdempotentHint = true,
                OpenWorldHint = false,
            },
        };
        return JsonSerializer.SerializeToUtf8Bytes(tool, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(Tool)));
    }

    public async ValueTask CallAsync(McpRequest request, JsonElement? arguments)
    {
        try
        {
            await CallAsync(request, new JobToolArguments(arguments));
        }
        catch (JobToolMistakeException mistake)
        {
            await ToolAnswer.SendAsync(request, identity, new ToolText(mistake.Message), isError: true);
        }
    }

    protected abstract ValueTask CallAsync(McpRequest request, JobToolArguments arguments);

    protected ValueTask AnswerAsync(McpRequest request, ToolText answer, bool isError = false) =>
        ToolAnswer.SendAsync(request, identity, answer, isError);
}
