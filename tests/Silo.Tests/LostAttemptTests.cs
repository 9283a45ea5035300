using Actors.Jobs;
using Actors.Silo.Recovery;
using Actors.Storage.Leases;
using Actors.Testing;
using Actors.Tools;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Actors.Silo.Tests;

/// <summary>A job whose row says that a living silo runs it is run by that silo, or is recovered.</summary>
public sealed class LostAttemptTests(PostgresServer server)
{
    private const int Jobs = 50;

    [Fact]
    public async Task A_job_that_its_living_silo_does_not_run_is_recovered()
    {
        var database = await server.CreateDatabaseAsync();
        await using var silo = await StartAsync(database, lookEvery: TimeSpan.FromMilliseconds(200));
        var job = await silo.CreateAsync(Ask.Tool("noop"), startAt: TimeProvider.System.GetUtcNow().AddHours(1));

        await SayThatItRunsAsync(database, job.Id, silo.Host.Services.GetRequiredService<SiloLease>());

        var ended = await EndAsync(silo, job.Id);
        Assert.Equal((JobStatus.Completed, 2), (ended.Status, ended.Attempt));
        Assert.Equal(AttemptOutcome.Crashed, Assert.Single(ended.Attempts).Outcome);
    }

    [Fact]
    public async Task A_job_that_is_asked_for_in_the_moment_it_is_made_runs()
    {
        // So rarely that nothing is recovered in time.
        await using var silo = await StartAsync(await server.CreateDatabaseAsync(), lookEvery: TimeSpan.FromHours(1));
        var keys = Enumerable.Range(0, Jobs).Select(_ => silo.NewJob()).ToList();

        await Task.WhenAll(keys.Select(key => MakeAndAskAsync(silo, key)));

        foreach (var key in keys)
            Assert.Equal((JobStatus.Completed, 1), ((await EndAsync(silo, key.Id)).Status, (await silo.Job(key.Id).GetAsync(Ask.Ann))!.Attempt));
    }

    /// <summary>Whoever asks for a job that is not there ends its activation, which the call that makes the job may have come to already.</summary>
    private static async Task MakeAndAskAsync(TestSilo silo, JobKey key)
    {
        var asked = silo.Job(key.Id).GetAsync(Ask.Ann).AsTask();
        while (true)
        {
            try
            {
                await silo.CreateAsync(Ask.Tool("noop"), key);
                break;
            }
            catch (WrongSiloException)
            {
                // As a frontend does: the next call comes to another activation.
            }
        }

        await asked;
    }

    /// <summary>By polling: a watch would keep the activation.</summary>
    private static async Task<JobSnapshot> EndAsync(TestSilo silo, string id)
    {
        JobSnapshot? job = null;
        await Eventually.HoldsAsync($"job {id} ends", async () => (job = await silo.Job(id).GetAsync(Ask.Ann)) is { IsTerminal: true });
        return job!;
    }

    private static async Task SayThatItRunsAsync(string database, string job, SiloLease lease)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(
            "UPDATE actors.jobs SET status = 1, attempt = 1, attempt_started_at = now(), run_at = now(), silo = $1, epoch = $2, version = version + 1 WHERE id = $3");
        foreach (object value in (object[])[lease.Silo, lease.Epoch, Guid.ParseExact(job, "N")])
            command.Parameters.Add(new() { Value = value });
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    private static Task<TestSilo> StartAsync(string database, TimeSpan lookEvery) =>
        TestSilo.StartAsync(database, builder => builder.Services.Configure<RecoveryOptions>(o => o.OwnLookEvery = lookEvery));
}
