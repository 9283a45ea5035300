using System.Collections.Concurrent;
using Actors.Cluster.Processes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Actors.Cluster.Tests;

/// <summary>The official C# client, whose connections break and whose frontend dies in the middle of a long call.</summary>
public sealed class SessionTests(RunningCluster cluster)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_call_of_a_session_is_answered_over_a_cut_and_over_the_death_of_its_frontend(bool isKilled)
    {
        await cluster.HealAsync(Token);
        var way = new Way(cluster.FirstFrontend);
        await using var client = await ConnectAsync(way.Endpoint, "2025-11-25", await NewKeyAsync());
        var session = client.SessionId;
        var seen = new Seen();
        var call = CallAsync(client, seen);
        await seen.First.WaitAsync(Token);

        await BreakAsync(way, isKilled);

        Assert.StartsWith("Counted to 30; attempt 1 ", Text(await call), StringComparison.Ordinal);
        // Not their order: this client handles each message in a task of its own, so that those which come together may change places.
        Assert.Distinct(seen.Values);
        Assert.Equal(session, client.SessionId);
        Assert.Single(await JobsAsync(client));
        await client.DisposeAsync();
        await way.DisposeAsync();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_call_without_a_session_is_found_again_after_a_cut_and_after_the_death_of_its_frontend(bool isKilled)
    {
        await cluster.HealAsync(Token);
        var way = new Way(cluster.FirstFrontend);
        await using var client = await ConnectAsync(way.Endpoint, "2026-07-28", await NewKeyAsync());
        var seen = new Seen();
        var call = CallAsync(client, seen);
        await seen.First.WaitAsync(Token);

        await BreakAsync(way, isKilled);

        await Assert.ThrowsAnyAsync<Exception>(() => call);
        var job = Assert.Single(await JobsAsync(client));
        await Eventually.HoldsAsync(
            "the job is completed",
            async () => (await ToolAsync(client, "job_wait", job)).StructuredContent!.Value.GetProperty("status").GetString() == "completed",
            Token);
        Assert.StartsWith("Counted to 30; attempt 1 ", Text(await ToolAsync(client, "job_result", job)), StringComparison.Ordinal);
        await client.DisposeAsync();
        await way.DisposeAsync();
    }

    private async Task BreakAsync(Way way, bool isKilled)
    {
        if (isKilled)
            await cluster.Cluster.Frontends[0].KillAsync(Token);
        await way.CutAsync(isKilled ? cluster.SecondFrontend : cluster.FirstFrontend);
    }

    // A subject of its own for each test: its jobs are this test's.
    private Task<string> NewKeyAsync() => cluster.Cluster.IssueKeyAsync("acme", $"subject-{Guid.NewGuid():N}", Token);

    private static Task<McpClient> ConnectAsync(Uri endpoint, string version, string key) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = endpoint,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + key },
            TransportMode = HttpTransportMode.StreamableHttp,
            MaxReconnectionAttempts = 50,
            DefaultReconnectionInterval = TimeSpan.FromMilliseconds(200),
        }),
        new McpClientOptions { ProtocolVersion = version },
        cancellationToken: Token);

    private static Task<CallToolResult> CallAsync(McpClient client, Seen seen) => client.CallToolAsync(
        "count_to", new Dictionary<string, object?> { ["n"] = 30, ["delayMs"] = 100 }, progress: seen, cancellationToken: Token).AsTask();

    private static Task<CallToolResult> ToolAsync(McpClient client, string tool, string job) =>
        client.CallToolAsync(tool, new Dictionary<string, object?> { ["job_id"] = job }, cancellationToken: Token).AsTask();

    private static async Task<IReadOnlyList<string>> JobsAsync(McpClient client)
    {
        var listed = await client.CallToolAsync("job_list", cancellationToken: Token);
        return [.. listed.StructuredContent!.Value.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("job_id").GetString()!)];
    }

    private static string Text(CallToolResult result) => Assert.IsType<TextContentBlock>(result.Content[0]).Text;

    /// <summary>The way to a frontend, at an address that stays.</summary>
    private sealed class Way(Uri frontend) : IAsyncDisposable
    {
        private readonly int _port = FreePorts.Next();
        private TcpProxy? _proxy;

        public Uri Endpoint
        {
            get
            {
                _proxy ??= new TcpProxy(_port, [frontend.Port]);
                return new Uri($"http://127.0.0.1:{_port}{frontend.AbsolutePath}");
            }
        }

        /// <summary>Breaks every connection; the next ones go to that frontend.</summary>
        public async Task CutAsync(Uri next)
        {
            await DisposeAsync();
            _proxy = new TcpProxy(_port, [next.Port]);
        }

        public ValueTask DisposeAsync() => _proxy?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private sealed class Seen : IProgress<ProgressNotificationValue>
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task First => _first.Task;

        public ConcurrentQueue<double> Values { get; } = [];

        public void Report(ProgressNotificationValue value)
        {
            Values.Enqueue(value.Progress);
            _first.TrySetResult();
        }
    }
}
