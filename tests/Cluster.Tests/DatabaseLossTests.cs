namespace Actors.Cluster.Tests;

/// <summary>Postgres goes and comes back, with agents at work.</summary>
public sealed class DatabaseLossTests(RunningCluster cluster)
{
    private const int Steps = 30;
    private const int DelayMs = 200;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost_when_Postgres_is_killed_and_starts_again()
    {
        await cluster.HealAsync(Token);
        var before = await cluster.StartCountingAsync(40, Steps, DelayMs, Token);

        await cluster.Cluster.Postgres.KillAsync(Token);
        var during = cluster.StartCountingAsync(10, Steps, DelayMs, Token);
        await cluster.Cluster.Postgres.StartAgainAsync(Token);

        await cluster.AllEndAsync(before, Steps, Token);
        await cluster.AllEndAsync(await during, Steps, Token);
    }

    [Fact]
    public async Task An_outage_longer_than_the_lease_is_told_in_words_and_survived()
    {
        await cluster.HealAsync(Token);
        var jobs = await cluster.StartCountingAsync(20, Steps, DelayMs, Token);
        await cluster.Cluster.Postgres.StopAsync();
        try
        {
            // Held back for as long as frontends retry, which is longer than a lease lasts; then said.
            var refused = await cluster.Client.CallAsync(cluster.FirstFrontend, "count_to", new() { ["n"] = 1, ["delayMs"] = 1 }, Token);
            Assert.Null(refused.Result);
            Assert.Contains("again", refused.ErrorText, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Npgsql", refused.Message.GetRawText(), StringComparison.Ordinal);
        }
        finally
        {
            await cluster.Cluster.Postgres.StartAgainAsync(Token);
        }

        await cluster.AllEndAsync(jobs, Steps, Token);
    }
}
