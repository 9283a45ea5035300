using Actors.Jobs;
using Actors.Silo.Tests.Pack;
using Actors.Storage.Postgres;
using Actors.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Tests;

public sealed class DatabaseOutageTests(PostgresServer server)
{
    [Fact]
    public async Task A_job_that_ends_while_the_database_is_away_is_stored_when_it_is_back_and_runs_once()
    {
        await using var cable = new CutCable(await server.CreateDatabaseAsync());
        await using var silo = await StartAsync(cable);
        var job = await silo.CreateAsync(Ask.Tool("counting", new { gate = "outage-1" }));
        await Gates.ArrivedAsync("outage-1/1/1");

        cable.Cut();
        Gates.Open("outage-1/1/1");
        var key = silo.NewJob();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => silo.CreateAsync(Ask.Tool("noop"), key));
        Assert.False(Gates.HasArrived("outage-1/1/2"));
        Assert.Equal(JobStatus.Running, (await silo.Job(job.Id).GetAsync(Ask.Ann))!.Status);

        cable.Mend();
        await Gates.ArrivedAsync("outage-1/1/2");
        Gates.Open("outage-1/1/2");
        Gates.Open("outage-1/1/3");
        Assert.Equal("attempt 1 counted on after 0", Ask.Text((await silo.EndOfAsync(job.Id)).Result));
        await silo.CreateAsync(Ask.Tool("noop"), key);
        Assert.Equal(JobStatus.Completed, (await silo.EndOfAsync(key.Id)).Status);
    }

    private static Task<TestSilo> StartAsync(CutCable cable) => TestSilo.StartAsync(cable.ConnectionString, builder =>
        builder.Services.Configure<Storage.StorageOptions>(o =>
        {
            o.Jobs.UnavailableAfter = TimeSpan.FromMilliseconds(300);
            o.Lease.Duration = TimeSpan.FromSeconds(60);
        }));
}
