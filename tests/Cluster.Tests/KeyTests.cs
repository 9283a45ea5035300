using System.Text.Json.Nodes;

namespace Actors.Cluster.Tests;

/// <summary>However often a call with an idempotency key is made, through whatever survives, it is one job.</summary>
public sealed class KeyTests(RunningCluster cluster)
{
    private const int Repetitions = 50;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static JsonObject Counting => new() { ["n"] = 3, ["delayMs"] = 50 };

    [Fact]
    public async Task Fifty_calls_at_once_through_two_frontends_are_one_job()
    {
        await cluster.HealAsync(Token);

        var handles = await Task.WhenAll(RepeatedAsync("at-once", Repetitions));

        var job = Assert.Single(handles.Distinct());
        Assert.Equal([job], await cluster.Client.LabelledAsync(cluster.Next(), "at-once", Token));
        await cluster.AllEndAsync([job], 3, Token);
    }

    [Fact]
    public async Task Calls_that_are_repeated_over_the_death_of_a_frontend_and_a_silo_are_one_job_for_each_key()
    {
        await cluster.HealAsync(Token);
        string[] keys = [.. Enumerable.Range(0, 10).Select(i => $"deaths-{i}")];
        var calls = keys.Select(key => RepeatedAsync(key, 5, label: "deaths").ToList()).ToList();
        await Task.WhenAny(calls.SelectMany(each => each));

        await Task.WhenAll(cluster.Cluster.Frontends[0].KillAsync(Token), cluster.Silos[0].KillAsync(Token));
        // What was acknowledged before is made again after.
        foreach (var (key, each) in keys.Zip(calls))
            each.AddRange(RepeatedAsync(key, 2, label: "deaths"));

        var jobs = new List<string>();
        foreach (var each in calls)
            jobs.Add(Assert.Single((await Task.WhenAll(each)).Distinct()));
        Assert.Equal(jobs.Order(), (await cluster.Client.LabelledAsync(cluster.Next(), "deaths", Token)).Order());
        await cluster.AllEndAsync(jobs, 3, Token);
    }

    [Fact]
    public async Task A_key_stands_for_its_job_after_every_process_was_killed_and_started_again()
    {
        await cluster.HealAsync(Token);
        var job = await cluster.Client.CreateOnceAsync(cluster.Next, "count_to", Counting, "restart", "restart", Token);
        await cluster.AllEndAsync([job], 3, Token);

        await Task.WhenAll(cluster.Silos.Concat<Processes.ClusterNode>(cluster.Cluster.Frontends).Where(node => node.IsRunning).Select(node => node.KillAsync(Token)));
        await Processes.LocalCluster.HealAsync([.. cluster.Silos, .. cluster.Cluster.Frontends], Deadline, Token);

        Assert.Equal(job, await cluster.Client.CreateOnceAsync(cluster.Next, "count_to", Counting, "restart", "restart", Token));
        Assert.Equal([job], await cluster.Client.LabelledAsync(cluster.Next(), "restart", Token));
        var conflict = await cluster.Client.CallOnceAsync(cluster.Next(), "count_to", new() { ["n"] = 4, ["delayMs"] = 50 }, "restart", Token);
        Assert.Equal(-32602, conflict.ErrorCode);
        Assert.Contains(job, conflict.ErrorText, StringComparison.Ordinal);
    }

    private IEnumerable<Task<string>> RepeatedAsync(string key, int times, string? label = null) =>
        Enumerable.Range(0, times).Select(_ => cluster.Client.CreateOnceAsync(cluster.Next, "count_to", Counting, key, label ?? key, Token));
}
