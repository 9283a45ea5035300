using System.Collections.Concurrent;
using System.ComponentModel;
using Actors.Jobs;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.Frontend.Tests.Lifecycle;

/// <summary>A job that does what it is told, line by line, and answers with a trace of what it did.</summary>
[McpServerToolType]
public static class ScriptedTool
{
    public const int MaxAttempts = 4;

    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Hanging = new();

    private static readonly ConcurrentDictionary<(string Job, string Line), bool> Failed = new();

    private static readonly ConcurrentDictionary<(string Job, string Step), int> Worked = new();

    [McpServerTool(Name = "scripted"), Job(PollIntervalMs = 100, MaxAttempts = MaxAttempts, FirstRetryDelayMs = 1, MaxRetryDelayMs = 2)]
    [Description("Runs a script.")]
    public static async Task<string> RunAsync(
        string[] script, JobContext job, McpServer server, IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        var (next, trace) = job.Checkpoint<Place>() ?? new Place(0, "");
        for (; next < script.Length; next++)
        {
            var (what, name) = Line.Parse(script[next]);
            switch (what)
            {
                case Line.Progress:
                    progress.Report(new() { Progress = next });
                    break;
                case Line.Checkpoint:
                    await job.SaveCheckpointAsync(new Place(next + 1, trace), cancellationToken);
                    break;
                case Line.Ask:
                    var answer = await server.ElicitAsync(new ElicitRequestParams { Message = name, RequestedSchema = new() }, cancellationToken);
                    trace += $"{name}:{answer.Action};";
                    break;
                case Line.Transient when Failed.TryAdd((job.JobId!, name), true):
                    throw new TransientException($"The script has {name} fail.");
                case Line.Step or Line.Shaky:
                    trace += $"{name}:{await job.StepAsync(name, _ => Task.FromResult(Work(job.JobId!, name, what)), cancellationToken)};";
                    break;
                case Line.Hang:
                    HangingOf(job.JobId!).TrySetResult();
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                    break;
                case Line.ToolError:
                    throw new McpException("As the script has it.");
                case Line.ProtocolError:
                    throw new McpProtocolException("As the script has it.", McpErrorCode.InternalError);
            }
        }
        return trace;
    }

    /// <summary>How often the work of a step was done.</summary>
    public static int TimesWorked(string job, string step) => Worked.GetValueOrDefault((job, step));

    public static Task WhenHangingAsync(string job) => HangingOf(job).Task;

    private static int Work(string job, string name, string what) => what is Line.Shaky && Failed.TryAdd((job, name), true)
        ? throw new TransientException($"The script has {name} fail.")
        : Worked.AddOrUpdate((job, name), 1, static (_, times) => times + 1);

    private static TaskCompletionSource HangingOf(string job) =>
        Hanging.GetOrAdd(job, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private sealed record Place(int Next, string Trace);
}
