using System.ComponentModel;
using Actors.Jobs;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using InputRequest = ModelContextProtocol.Protocol.InputRequest;

namespace Actors.Fuzz.Tests.Target;

/// <summary>One tool for each way a call can go; none takes longer than a moment, whatever it is told.</summary>
[McpServerToolType]
public static class FuzzTools
{
    private const int LongestMs = 300;

    [McpServerTool(Name = "repeat", ReadOnly = true), Description("Says it again.")]
    public static string Repeat([Description("What.")] string text) => text;

    [McpServerTool(Name = "mirror", ReadOnly = true), Description("Says what also travels in a header.")]
    public static string Mirror(
        [McpHeader("Region"), Description("Mirrored.")] string region = "none", [McpHeader("Count"), Description("Mirrored.")] int count = 0) =>
        $"{region} {count}";

    [McpServerTool(Name = "count"), Description("Reports progress, then answers.")]
    public static async Task<string> Count(
        IProgress<ProgressNotificationValue> progress, [Description("How far.")] int to, string text, CancellationToken cancellationToken)
    {
        for (var done = 0; done < Math.Clamp(to, 0, 5); done++)
        {
            progress.Report(new() { Progress = done, Total = to, Message = text });
            await Task.Delay(5, cancellationToken);
        }
        return text;
    }

    [McpServerTool(Name = "linger"), Description("Takes a moment, or until it is cancelled.")]
    public static async Task<string> Linger([Description("How long.")] int ms, string text, CancellationToken cancellationToken)
    {
        await Task.Delay(Math.Clamp(ms, 0, LongestMs), cancellationToken);
        return text;
    }

    [McpServerTool(Name = "ask"), Description("Asks for a name.")]
    public static async Task<string> Ask(McpServer server, string text, CancellationToken cancellationToken)
    {
        var answer = await server.ElicitAsync(Question(text), cancellationToken);
        return $"{text}: {answer.Action} {(answer.Content is { } content && content.TryGetValue("name", out var name) ? name : null)}";
    }

    [McpServerTool(Name = "rounds"), Description("Asks in two rounds that it runs itself.")]
    public static string Rounds(RequestContext<CallToolRequestParams> context, string text) => context.Params.RequestState switch
    {
        null => throw new InputRequiredException(
            new Dictionary<string, InputRequest> { ["name"] = InputRequest.ForElicitation(Question(text)) }, "asked " + text),
        var state when state == "asked " + text => state,
        _ => throw new McpProtocolException("This is not the state that was handed out.", McpErrorCode.InvalidParams),
    };

    [McpServerTool(Name = "job"), Job(PollIntervalMs = 50), Description("Runs for a moment.")]
    public static async Task<string> Job(
        IProgress<ProgressNotificationValue> progress, [Description("How long.")] int ms, string text, CancellationToken cancellationToken)
    {
        progress.Report(new() { Progress = 1, Total = 2, Message = text });
        await Task.Delay(Math.Clamp(ms, 0, LongestMs), cancellationToken);
        return text;
    }

    [McpServerTool(Name = "asking_job"), Job(PollIntervalMs = 50), Description("Asks for a name, and goes on with it.")]
    public static Task<string> AskingJob(McpServer server, string text, CancellationToken cancellationToken) => Ask(server, text, cancellationToken);

    [McpServerTool(Name = "task_only"), Job(PollIntervalMs = 50, TaskSupport = TaskSupport.Required), Description("Fails, with what it was told.")]
    public static async Task<string> TaskOnly(string text, CancellationToken cancellationToken)
    {
        await Task.Delay(10, cancellationToken);
        throw new McpException(text);
    }

    [McpServerTool(Name = "late_job"), Job(Start = JobStart.OnDemand, PollIntervalMs = 50), Description("Asks first, and is a job then.")]
    public static async Task<string> LateJob(McpServer server, JobContext job, string text, CancellationToken cancellationToken)
    {
        var answer = await server.ElicitAsync(Question(text), cancellationToken);
        await job.StartJobAsync();
        return $"{text}: {answer.Action}";
    }

    internal static ElicitRequestParams Question(string text) => new()
    {
        Message = text,
        RequestedSchema = new()
        {
            Properties = { ["name"] = new ElicitRequestParams.StringSchema { Title = "Name" } },
            Required = ["name"],
        },
    };
}
