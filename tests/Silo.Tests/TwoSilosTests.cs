using Actors.Jobs;
using Actors.Silo.Attempts;
using Actors.Silo.Tests.Pack;
using Actors.Storage.Postgres;
using Actors.Testing;
using Actors.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Actors.Silo.Tests;

/// <summary>Two silos that do not know of each other, on one database: each job may have two activations, which is the worst that Orleans does.</summary>
public sealed class TwoSilosTests(PostgresServer server)
{
    [Fact]
    public async Task A_silo_that_does_not_own_a_job_answers_what_is_stored_not_what_it_remembers()
    {
        var (owner, other) = await StartAsync();
        await using var first = owner;
        await using var second = other;
        var job = await first.CreateAsync(Ask.Tool("gated", new { gate = "two-1" }));
        Assert.Equal(JobStatus.Running, (await second.Job(job.Id).GetAsync(Ask.Ann))!.Status);

        Gates.Open("two-1");
        var done = await first.EndOfAsync(job.Id);

        Assert.Equal(done.Result, (await second.Job(job.Id).GetAsync(Ask.Ann))!.Result);
    }

    [Fact]
    public async Task A_watch_on_a_silo_that_does_not_own_the_job_sees_it_end()
    {
        var (owner, other) = await StartAsync();
        await using var first = owner;
        await using var second = other;
        var job = await first.CreateAsync(Ask.Tool("gated", new { gate = "two-2" }));
        var end = second.EndOfAsync(job.Id);
        await second.UntilAsync(job.Id, seen => seen.Status is JobStatus.Running);

        Gates.Open("two-2");

        Assert.Equal("passed two-2", Ask.Text((await end).Result));
    }

    [Fact]
    public async Task Cancelling_and_answering_where_the_job_is_not_leaves_it_to_its_silo_while_that_lives()
    {
        var (owner, other) = await StartAsync();
        await using var first = owner;
        await using var second = other;
        var job = await first.CreateAsync(Ask.Tool("ask_one"));
        await first.UntilAsync(job.Id, seen => seen.Status is JobStatus.InputRequired);

        await Assert.ThrowsAsync<SiloUnavailableException>(() => second.Job(job.Id).CancelAsync(Ask.Ann, "there"));
        await Assert.ThrowsAsync<SiloUnavailableException>(
            () => second.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Bob")]));

        await first.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
        Assert.Equal("Hello, Ann!", Ask.Text((await first.EndOfAsync(job.Id)).Result));
    }

    [Fact]
    public async Task Cancelling_and_answering_look_at_what_became_of_the_job_first()
    {
        var (owner, other) = await StartAsync();
        await using var first = owner;
        await using var second = other;
        var job = await first.CreateAsync(Ask.Tool("ask_one"));
        await first.UntilAsync(job.Id, seen => seen.Status is JobStatus.InputRequired);
        Assert.Equal(JobStatus.InputRequired, (await second.Job(job.Id).GetAsync(Ask.Ann))!.Status);
        await first.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
        await first.EndOfAsync(job.Id);

        var late = await second.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Bob")]);
        var tooLate = await second.Job(job.Id).CancelAsync(Ask.Ann, null);

        Assert.Equal(["input-1"], late!.Ignored);
        Assert.Equal((JobStatus.Completed, JobStatus.Completed), (late.Job.Status, tooLate!.Status));
        Assert.Equal("Hello, Ann!", Ask.Text(late.Job.Result));
    }

    [Fact]
    public async Task A_silo_cut_off_from_the_database_stops_answering_before_another_takes_its_jobs_over()
    {
        var database = await server.CreateDatabaseAsync();
        await using var cable = new CutCable(database);
        await using var cut = await StartAsync(cable.ConnectionString, "cut");
        var job = await cut.CreateAsync(Ask.Tool("counting", new { gate = "two-3" }));
        Gates.Open("two-3/1/1");
        await Gates.ArrivedAsync("two-3/1/2");
        cable.Cut();

        await using var other = await StartAsync(database, "other");
        await Gates.ArrivedAsync("two-3/2/2");
        await Assert.ThrowsAsync<StorageUnavailableException>(() => cut.Job(job.Id).GetAsync(Ask.Ann).AsTask());

        Gates.Open("two-3/2/2");
        Gates.Open("two-3/2/3");
        Assert.Equal("attempt 2 counted on after 1", Ask.Text((await other.EndOfAsync(job.Id)).Result));
        cable.Mend();
    }

    [Fact]
    public async Task A_silo_that_stops_hands_its_line_over_at_once_and_takes_no_new_jobs()
    {
        var database = await server.CreateDatabaseAsync();
        var leaving = await StartAsync(database, "leaving", builder => builder.Services.Configure<AttemptOptions>(o => o.MaxRunningAttempts = 1));
        var held = await leaving.CreateAsync(Ask.Tool("unrepeatable", new { gate = "two-4" }));
        await Gates.ArrivedAsync("two-4");
        var queued = await leaving.CreateAsync(Ask.Tool("noop"));
        Assert.Equal(JobStatus.Queued, queued.Status);

        var stopping = leaving.Host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var stop = leaving.Host.StopAsync();
        Assert.True(stopping.IsCancellationRequested);
        await using var staying = await StartAsync(database, "staying");

        Assert.Equal((JobStatus.Completed, 1), Short(await staying.EndOfAsync(queued.Id)));
        Assert.False(stop.IsCompleted);
        await Assert.ThrowsAsync<WrongSiloException>(() => leaving.CreateAsync(Ask.Tool("noop")));
        Assert.Equal((JobStatus.Completed, 1), Short((await leaving.Job(queued.Id).GetAsync(Ask.Ann))!));

        Gates.Open("two-4");
        await stop;
        leaving.Host.Dispose();
        Assert.Equal((JobStatus.Completed, 1), Short(await staying.EndOfAsync(held.Id)));
    }

    [Fact]
    public async Task A_thousand_running_jobs_of_a_silo_that_died_all_run_again()
    {
        const int Jobs = 1000;
        var database = await server.CreateDatabaseAsync();
        static void Room(IHostApplicationBuilder builder) => builder.Services.Configure<AttemptOptions>(o => o.MaxRunningAttempts = 2 * Jobs);
        var dying = await StartAsync(database, "dying", Room);
        await using var living = await StartAsync(database, "living", Room);
        var jobs = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(i => dying.CreateAsync(Ask.Tool("tells_its_end", new { gate = $"two-5/{i}" }))));
        await Task.WhenAll(Enumerable.Range(0, Jobs).Select(i => Gates.ArrivedAsync($"two-5/{i}/1")));

        var died = TimeProvider.System.GetTimestamp();
        await dying.CrashAsync();
        await Task.WhenAll(Enumerable.Range(0, Jobs).Select(i => Gates.ArrivedAsync($"two-5/{i}/2")));

        TestContext.Current.TestOutputHelper?.WriteLine($"{Jobs} jobs ran again after {TimeProvider.System.GetElapsedTime(died).TotalSeconds:0.00} s, the lease included.");
        for (var i = 0; i < Jobs; i++) Gates.Open($"two-5/{i}/2");
        foreach (var job in jobs) Assert.Equal((JobStatus.Completed, 2), Short(await living.EndOfAsync(job.Id)));
    }

    private static (JobStatus Status, int Attempt) Short(JobSnapshot job) => (job.Status, job.Attempt);

    private async Task<(TestSilo First, TestSilo Second)> StartAsync()
    {
        var database = await server.CreateDatabaseAsync();
        return (await StartAsync(database, "first"), await StartAsync(database, "second"));
    }

    private static Task<TestSilo> StartAsync(string database, string name, Action<IHostApplicationBuilder>? configure = null) =>
        TestSilo.StartAsync(database, builder =>
        {
            builder.Services.Configure<SiloOptions>(o => o.SiloName = name);
            builder.Services.Configure<Storage.StorageOptions>(o => o.Jobs.UnavailableAfter = TimeSpan.FromMilliseconds(300));
            configure?.Invoke(builder);
        });
}
