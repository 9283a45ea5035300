using System.Text.Json.Nodes;

namespace Actors.Cluster.Tests;

/// <summary>Who runs how much beside whom, on silos that all claim from the same line.</summary>
public sealed class ShareTests(RunningCluster cluster) : IDisposable
{
    private readonly string _record = Directory.CreateTempSubdirectory("actors-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Turns_go_round_by_weight_between_tenants_and_evenly_between_a_tenants_principals()
    {
        await cluster.HealAsync(Token);
        await cluster.LimitAsync("share-heavy", "weight", 300, Token);
        using var holder = await cluster.ClientOfAsync("share-holder", "ann", Token);
        using var many = await cluster.ClientOfAsync("share-heavy", "many", Token);
        using var few = await cluster.ClientOfAsync("share-heavy", "few", Token);
        using var light = await cluster.ClientOfAsync("share-light", "ann", Token);
        var holding = Assert.Single(await CreateAsync(holder, "one_at_a_time", 1, delayMs: 600_000));
        await Eventually.HoldsAsync("the holder runs", async () => (await Run.ReadAsync(_record, Token)).Count == 1, Token);
        var ofMany = await CreateAsync(many, "one_at_a_time", 30);
        var ofFew = await CreateAsync(few, "one_at_a_time", 10);
        var ofLight = await CreateAsync(light, "one_at_a_time", 10);

        await holder.CancelAsync(cluster.Next(), holding, Token);
        await Task.WhenAll(ofLight.Select(job => light.ReachesAsync(cluster.Next, job, "completed", Token)));

        // As long as all of them wait: three of four turns are the heavy tenant's, and of these each of its principals has half.
        var runs = await Run.ReadAsync(_record, Token);
        var turns = runs.Where(run => run.What == "began" && run.Job != holding).Select(run => run.Job).Take(16).ToList();
        Assert.InRange(turns.Count(ofLight.Contains), 3, 5);
        Assert.InRange(turns.Count(ofFew.Contains), 5, 7);
        Assert.InRange(turns.Count(ofMany.Contains), 5, 7);
        Assert.Equal(1, Run.MostAtOnce(runs));
        await Task.WhenAll(ofMany.Select(job => many.ReachesAsync(cluster.Next, job, "completed", Token)));
    }

    [Fact]
    public async Task No_more_jobs_of_a_tenant_and_of_each_principal_run_at_once_than_they_may_whichever_silos_run_them()
    {
        await cluster.HealAsync(Token);
        await cluster.LimitAsync("share-limited", "max-running", 3, Token);
        await cluster.LimitAsync("share-limited", "max-running-per-principal", 2, Token);
        using var ann = await cluster.ClientOfAsync("share-limited", "ann", Token);
        using var bob = await cluster.ClientOfAsync("share-limited", "bob", Token);

        List<string> ofAnn = [], ofBob = [];
        List<Run> runs;
        do
        {
            var more = await Task.WhenAll(CreateAsync(ann, "on_record", 12, delayMs: 100), CreateAsync(bob, "on_record", 12, delayMs: 100));
            ofAnn.AddRange(more[0]);
            ofBob.AddRange(more[1]);
            await Task.WhenAll(more[0].Select(job => ann.ReachesAsync(cluster.Next, job, "completed", Token)));
            await Task.WhenAll(more[1].Select(job => bob.ReachesAsync(cluster.Next, job, "completed", Token)));
            runs = await Run.ReadAsync(_record, Token);
        }
        while (runs.Select(run => run.Pid).Distinct().Count() < 2);

        Assert.InRange(Run.MostAtOnce(runs), 1, 3);
        Assert.InRange(Run.MostAtOnce([.. runs.Where(run => ofAnn.Contains(run.Job))]), 1, 2);
        Assert.InRange(Run.MostAtOnce([.. runs.Where(run => ofBob.Contains(run.Job))]), 1, 2);
    }

    public void Dispose() => Directory.Delete(_record, recursive: true);

    private async Task<IReadOnlyList<string>> CreateAsync(Client client, string tool, int jobs, int delayMs = 0) => await Task.WhenAll(
        Enumerable.Range(0, jobs).Select(_ => client.CreateAsync(cluster.Next, tool, new JsonObject { ["record"] = _record, ["delayMs"] = delayMs }, Token)));
}
