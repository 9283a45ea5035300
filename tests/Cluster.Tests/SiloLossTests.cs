using Actors.Cluster.Processes;

namespace Actors.Cluster.Tests;

/// <summary>The death of a silo, in every way it can die, loses no job.</summary>
public sealed class SiloLossTests(RunningCluster cluster)
{
    private const int Steps = 30;
    private const int DelayMs = 200;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Jobs_of_a_silo_that_is_killed_go_on_at_the_others()
    {
        await cluster.HealAsync(Token);
        var jobs = await cluster.StartCountingAsync(60, Steps, DelayMs, Token);

        await cluster.Silos[0].KillAsync(Token);

        await cluster.AllEndAsync(jobs, Steps, Token);
    }

    [Fact]
    public async Task Two_of_three_silos_killed_at_once_leave_everything_to_the_third()
    {
        await cluster.HealAsync(Token);
        var jobs = await cluster.StartCountingAsync(40, Steps, DelayMs, Token);

        await Task.WhenAll(cluster.Silos[0].KillAsync(Token), cluster.Silos[1].KillAsync(Token));

        await cluster.AllEndAsync(jobs, Steps, Token);
    }

    [Fact]
    public async Task A_silo_that_was_paused_for_longer_than_its_lease_finds_its_jobs_elsewhere_and_goes()
    {
        await cluster.HealAsync(Token);
        var jobs = await cluster.StartCountingAsync(40, Steps, DelayMs, Token);
        var paused = cluster.Silos[1];

        paused.Pause();
        await cluster.AllEndAsync(jobs, Steps, Token);
        paused.Resume();

        // The others have declared it dead meanwhile: it must not go on as if nothing had been.
        Assert.NotEqual(0, await paused.WaitForExitAsync(Deadline, Token));
        await cluster.AllEndAsync(jobs, Steps, Token);
    }

    [Fact]
    public async Task A_silo_that_is_told_to_stop_hands_its_jobs_over_and_exits_in_good_order()
    {
        await cluster.HealAsync(Token);
        var jobs = await cluster.StartCountingAsync(60, Steps, DelayMs, Token);

        var exit = await cluster.Silos[2].TerminateAsync(Deadline, Token);

        Assert.Equal(0, exit);
        Assert.DoesNotContain("disposed object", await File.ReadAllTextAsync(cluster.Silos[2].LogFile, Token), StringComparison.Ordinal);
        await cluster.AllEndAsync(jobs, Steps, Token);
    }

    [Fact]
    public async Task Short_calls_that_may_not_run_twice_are_given_to_a_survivor_when_their_silo_is_dead_already()
    {
        await cluster.HealAsync(Token);
        await CallAllAsync(progress: false);
        var dead = cluster.Silos[0];

        await dead.KillAsync(Token);
        // From then on no call can leave for it: the others have seen the end of their connections.
        await Eventually.HoldsAsync(
            "nobody is connected to the dead silo", () => Task.FromResult(!Connections.Lead(to: [dead.SiloPort, dead.GatewayPort])), Token);

        // The frontends offer it until its lease has lapsed, and each call is its silo's first since.
        await CallAllAsync(progress: false);
        await CallAllAsync(progress: true);
    }

    private async Task CallAllAsync(bool progress)
    {
        const int Calls = 12; // each frontend has each silo's turn
        var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(
            _ => cluster.Client.CallAsync(cluster.Next(), "test_simple_text", [], Token, progress ? "p" : null)));
        Assert.All(answers, static answer => Assert.True(answer.Result is not null, answer.Message.GetRawText()));
    }

    [Fact]
    public async Task A_silo_cut_off_from_the_others_costs_no_job()
    {
        await cluster.HealAsync(Token);
        var jobs = await cluster.StartCountingAsync(40, Steps, DelayMs, Token);

        using (cluster.Cluster.Isolate(cluster.Silos[0]))
            await cluster.AllEndAsync(jobs, Steps, Token);
    }

    [Fact]
    public async Task A_silo_cut_off_from_the_database_stops_its_attempts_and_others_run_them()
    {
        await cluster.HealAsync(Token);
        var jobs = await cluster.StartCountingAsync(40, Steps, DelayMs, Token);

        using (LocalCluster.CutFromDatabase(cluster.Silos[1]))
            await cluster.AllEndAsync(jobs, Steps, Token);
    }

    [Fact]
    public async Task A_cluster_killed_whole_and_started_on_other_ports_has_its_jobs_back()
    {
        await cluster.HealAsync(Token);
        var jobs = await cluster.StartCountingAsync(40, Steps, DelayMs, Token);

        await Task.WhenAll(cluster.Silos.Select(silo => silo.KillAsync(Token)));
        foreach (var silo in cluster.Silos)
        {
            await silo.MoveAsync();
            silo.Start();
        }

        await cluster.AllEndAsync(jobs, Steps, Token);
    }
}
