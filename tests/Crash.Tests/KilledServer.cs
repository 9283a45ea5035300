using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.Crash.Tests;

/// <summary>
/// A server that was killed with -9 while it ran two hundred jobs, held one that waited for an answer and one that had
/// ended, and that runs again on the same data folder.
/// </summary>
public sealed class KilledServer : IAsyncLifetime
{
    public const int RunningJobs = 200;
    public const int LastStep = 40;
    private const int StepsBeforeTheKill = 5;
    private const int StepDelayMs = 250;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actors-crash-");
    private ServerProcess? _server;
    private WireClient? _client;

    public ImmutableArray<string> Counting { get; private set; } = [];

    public string Stepping { get; private set; } = "";

    public string SteppingOver { get; private set; } = "";

    public string OnceOnly { get; private set; } = "";

    public string Asking { get; private set; } = "";

    public JsonElement AskingBefore { get; private set; }

    public string Ended { get; private set; } = "";

    public JsonElement EndedBefore { get; private set; }

    /// <summary>From the new process's first line to its first answer, and on until every job had run on.</summary>
    public TimeSpan Recovery { get; private set; }

    internal WireClient Client => _client!;

    internal StepRecord StepsOf(string job) => StepRecord.Read(StepsFolder, job);

    private string DataFolder => Path.Combine(_folder.FullName, "data");

    private string StepsFolder => Path.Combine(_folder.FullName, "steps");

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        Directory.CreateDirectory(DataFolder);
        Directory.CreateDirectory(StepsFolder);
        await StartAsync(cancellationToken);
        Ended = await _client!.CreateTaskAsync("slow_compute", new() { ["seconds"] = 0, ["label"] = "before" }, cancellationToken);
        Asking = await _client.CreateTaskAsync("confirm_delete", new() { ["filename"] = "a.txt" }, cancellationToken);
        EndedBefore = await ReachesAsync(Ended, "completed");
        AskingBefore = await ReachesAsync(Asking, "input_required");
        Counting = [.. await Task.WhenAll(Enumerable.Range(0, RunningJobs).Select(_ => _client.CreateTaskAsync(
            "count_to", new() { ["n"] = LastStep, ["delayMs"] = StepDelayMs }, cancellationToken)))];
        var steps = new JsonObject { ["n"] = LastStep, ["delayMs"] = StepDelayMs };
        Stepping = await _client.CreateTaskAsync("step_to", steps.DeepClone().AsObject(), cancellationToken);
        SteppingOver = await _client.CreateTaskAsync("step_over", steps, cancellationToken);
        OnceOnly = await _client.CreateTaskAsync("once_only", new() { ["delayMs"] = 600_000 }, cancellationToken);
        await Eventually.HoldsAsync(
            "every job has made a few steps",
            Deadline,
            () => Task.FromResult(
                Counting.Append(Stepping).Append(SteppingOver).All(job => StepsOf(job).Steps.Count >= StepsBeforeTheKill)
                && StepsOf(OnceOnly).Steps.Count == 1),
            cancellationToken);

        await _server!.KillAsync(cancellationToken);
        _client.Dispose();
        var since = TimeProvider.System.GetTimestamp();
        await StartAsync(cancellationToken);
        await Eventually.HoldsAsync(
            "every job runs again",
            Deadline,
            () => Task.FromResult(Counting.All(job => StepsOf(job).StepsOf(attempt: 2).Count > 0)),
            cancellationToken);
        Recovery = TimeProvider.System.GetElapsedTime(since);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    internal async Task<JsonElement> ReachesAsync(string job, string status)
    {
        var task = default(JsonElement);
        await Eventually.HoldsAsync(
            $"job {job} is {status}",
            Deadline,
            async () =>
            {
                task = await _client!.GetTaskAsync(job, TestContext.Current.CancellationToken);
                return task.GetProperty("status").GetString() == status;
            },
            TestContext.Current.CancellationToken);
        return task;
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _server = await ServerProcess.StartAsync(DataFolder, StepsFolder, cancellationToken);
        _client = new(_server.Endpoint);
    }
}
