using Actors.Jobs;
using Actors.Silo.Tests.Pack;
using Actors.Testing;
using Orleans.Storage;

namespace Actors.Silo.Tests;

/// <summary>A create that says its key is new saves a look at the database, and must not cost more than that when it is wrong.</summary>
public sealed class FreshJobTests(PostgresServer server)
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_job_created_as_fresh_is_found_by_a_silo_that_never_saw_it()
    {
        var database = await server.CreateDatabaseAsync();
        await using var first = await TestSilo.StartAsync(database);
        await using var second = await TestSilo.StartAsync(database);
        var key = first.NewJob();
        await FreshJob.CreateAsync(first.Job(key.Id), new JobRequest { Call = Ask.Tool("noop") }, Never);
        Assert.False(FreshJob.IsMarked);
        var done = await first.EndOfAsync(key.Id);
        Assert.Equal(done.Result, (await second.Job(key.Id).GetAsync(Ask.Ann))!.Result);
    }

    [Fact]
    public async Task A_key_that_is_not_fresh_after_all_is_refused_and_its_job_stays_as_it_is()
    {
        var database = await server.CreateDatabaseAsync();
        await using var first = await TestSilo.StartAsync(database);
        await using var second = await TestSilo.StartAsync(database);
        var key = first.NewJob();
        await first.CreateAsync(Ask.Tool("noop"), key);
        var done = await first.EndOfAsync(key.Id);

        var again = new JobRequest { Call = Ask.Tool("gated", new { gate = "fresh-1" }) };
        await Assert.ThrowsAsync<InconsistentStateException>(() => FreshJob.CreateAsync(second.Job(key.Id), again, Never));
        var kept = (await second.Job(key.Id).CreateAsync(again, Never))!;
        Assert.Equal(("noop", JobStatus.Completed), (kept.Tool, kept.Status));
        Assert.Equal(done.Result, kept.Result);
        Assert.False(Gates.HasArrived("fresh-1"));
    }
}
