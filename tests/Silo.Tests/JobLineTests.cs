using Actors.Jobs;
using Actors.Silo.Attempts;
using Actors.Silo.Tests.Pack;
using Actors.Storage.Queue;
using Actors.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;

namespace Actors.Silo.Tests;

/// <summary>Who starts when: delay, priority, limits and turns, on silos that know of each other only through the database.</summary>
public sealed class JobLineTests(PostgresServer server)
{
    [Fact]
    public async Task A_job_with_a_start_time_begins_then_and_not_before()
    {
        await using var silo = await StartAsync(await server.CreateDatabaseAsync());
        // Whole milliseconds, which the database keeps as they are.
        var startAt = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().AddSeconds(1).ToUnixTimeMilliseconds());
        var job = await silo.CreateAsync(Ask.Tool("noop"), startAt);
        Assert.Equal((JobStatus.Queued, true), (job.Status, job.StartAt > job.CreatedAt));
        var done = await silo.EndOfAsync(job.Id);
        Assert.Equal((JobStatus.Completed, startAt), (done.Status, job.StartAt));
        Assert.True(done.AttemptStartedAt >= startAt, $"To start at {startAt:O}, started at {done.AttemptStartedAt:O}.");
    }

    [Fact]
    public async Task A_start_time_outlives_the_silo_that_took_the_job()
    {
        var database = await server.CreateDatabaseAsync();
        var first = await StartAsync(database);
        var job = await first.CreateAsync(Ask.Tool("noop"), TimeProvider.System.GetUtcNow().AddSeconds(1));
        await first.CrashAsync();
        await using var second = await StartAsync(database, "second");
        Assert.Equal(JobStatus.Completed, (await second.EndOfAsync(job.Id)).Status);
    }

    [Fact]
    public async Task A_job_that_waits_for_its_time_can_be_cancelled()
    {
        await using var silo = await StartAsync(await server.CreateDatabaseAsync());
        var job = await silo.CreateAsync(Ask.Tool("noop"), TimeProvider.System.GetUtcNow().AddHours(1));
        var cancelled = await silo.Job(job.Id).CancelAsync(Ask.Ann, null);
        Assert.Equal((JobStatus.Cancelled, CancelState.Stopped), (cancelled!.Status, cancelled.Cancel));
    }

    [Fact]
    public async Task Of_the_jobs_of_one_principal_the_higher_priority_starts_first()
    {
        await using var silo = await StartAsync(await server.CreateDatabaseAsync(), configure: Slots(1));
        await silo.CreateAsync(Ask.Tool("gated", new { gate = "line-1" }));
        var low = await silo.CreateAsync(Ask.Tool("gated", new { gate = "line-1/low" }), null, -5);
        await silo.CreateAsync(Ask.Tool("gated", new { gate = "line-1/high" }), null, 5);
        Gates.Open("line-1");
        await Gates.ArrivedAsync("line-1/high");
        Assert.False(Gates.HasArrived("line-1/low"));
        Gates.Open("line-1/high");
        Gates.Open("line-1/low");
        Assert.Equal(JobStatus.Completed, (await silo.EndOfAsync(low.Id)).Status);
    }

    [Fact]
    public async Task A_tools_limit_holds_across_silos_and_a_permit_that_comes_free_is_used_by_either()
    {
        var database = await server.CreateDatabaseAsync();
        await using var first = await StartAsync(database, "first");
        await using var second = await StartAsync(database, "second");
        List<JobSnapshot> jobs = [];
        for (var i = 0; i < 6; i++)
            jobs.Add(await (i % 2 == 0 ? first : second).CreateAsync(Ask.Tool("limited", new { gate = $"line-2/{i}" })));
        for (var done = 0; done < 6; done++)
        {
            await UntilArrivedAsync(Math.Min(6, done + 2));
            Assert.Equal(Math.Min(2, 6 - done), await OwnedAsync(first));
            Gates.Open($"line-2/{Running().First()}");
            await EndedAsync(first, done + 1);
        }

        foreach (var job in jobs) Assert.Equal(JobStatus.Completed, (await first.EndOfAsync(job.Id)).Status);

        IEnumerable<int> Arrived() => Enumerable.Range(0, 6).Where(i => Gates.HasArrived($"line-2/{i}"));
        IEnumerable<int> Running() => Arrived().Where(i => !Gates.IsOpen($"line-2/{i}"));
        Task UntilArrivedAsync(int count) => Eventually.HoldsAsync($"{count} have started", () => Task.FromResult(Arrived().Count() == count));
    }

    [Fact]
    public async Task A_tools_limit_for_each_tenant_leaves_other_tenants_and_other_tools_alone()
    {
        await using var silo = await StartAsync(await server.CreateDatabaseAsync());
        await silo.CreateAsync(Ask.Tool("limited_per_tenant", new { gate = "line-3/1" }));
        await Gates.ArrivedAsync("line-3/1");
        var second = await silo.CreateAsync(Ask.Tool("limited_per_tenant", new { gate = "line-3/2" }));
        await silo.CreateAsync(Ask.Tool("limited_per_tenant", new { gate = "line-3/eve" }, Ask.Eve));
        await Gates.ArrivedAsync("line-3/eve");
        Assert.Equal(JobStatus.Completed, (await silo.RunAsync(Ask.Tool("noop"))).Status);
        Assert.False(Gates.HasArrived("line-3/2"));
        Gates.Open("line-3/1");
        Gates.Open("line-3/2");
        Assert.Equal(JobStatus.Completed, (await silo.EndOfAsync(second.Id)).Status);
    }

    [Fact]
    public async Task Limits_of_a_tenant_and_of_its_principals_hold_for_all_tools()
    {
        await using var silo = await StartAsync(await server.CreateDatabaseAsync(), configure: builder =>
            builder.Services.Configure<QuotaOptions>(o => (o.MaxRunning, o.MaxRunningPerPrincipal) = (2, 1)));
        await silo.CreateAsync(Ask.Tool("gated", new { gate = "line-4/ann-1" }));
        await silo.CreateAsync(Ask.Tool("counting", new { gate = "line-4/ann-2" }));
        await silo.CreateAsync(Ask.Tool("gated", new { gate = "line-4/bob-1" }, Ask.Bob));
        await silo.CreateAsync(Ask.Tool("gated", new { gate = "line-4/eve" }, Ask.Eve));
        await Gates.ArrivedAsync("line-4/ann-1");
        await Gates.ArrivedAsync("line-4/bob-1");
        await Gates.ArrivedAsync("line-4/eve");
        Assert.False(Gates.HasArrived("line-4/ann-2/1/1"));
        Gates.Open("line-4/bob-1");
        await EndedAsync(silo, 1);
        Assert.False(Gates.HasArrived("line-4/ann-2/1/1"));
        Gates.Open("line-4/ann-1");
        await Gates.ArrivedAsync("line-4/ann-2/1/1");
    }

    [Fact]
    public async Task Jobs_of_a_silo_that_died_count_until_they_are_recovered_and_run_again_within_the_limit()
    {
        var database = await server.CreateDatabaseAsync();
        var dying = await StartAsync(database, "dying");
        await using var living = await StartAsync(database, "living");
        var running = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => dying.CreateAsync(Ask.Tool("limited", new { gate = $"line-5/{i}" }))));
        await Gates.ArrivedAsync("line-5/0");
        await Gates.ArrivedAsync("line-5/1");
        var waiting = await living.CreateAsync(Ask.Tool("limited", new { gate = "line-5/2" }));
        await dying.CrashAsync();
        foreach (var job in running)
        {
            await living.UntilAsync(job.Id, seen => seen is { Attempt: 2, Status: JobStatus.Running } or { IsTerminal: true });
            Assert.Equal(2, await OwnedAsync(living));
            Assert.False(Gates.HasArrived("line-5/2"));
        }

        for (var i = 0; i < 3; i++) Gates.Open($"line-5/{i}");
        Assert.Equal(JobStatus.Completed, (await living.EndOfAsync(waiting.Id)).Status);
        foreach (var job in running) Assert.Equal(2, (await living.EndOfAsync(job.Id)).Attempt);
    }

    [Fact]
    public async Task A_tenant_with_one_job_gets_the_next_turn_however_many_another_has_in_line()
    {
        await using var silo = await StartAsync(await server.CreateDatabaseAsync(), configure: Slots(1));
        await silo.CreateAsync(Ask.Tool("gated", new { gate = "line-6" }));
        for (var i = 0; i < 20; i++) await silo.CreateAsync(Ask.Tool("gated", new { gate = $"line-6/{i}" }));
        await silo.CreateAsync(Ask.Tool("gated", new { gate = "line-6/eve" }, Ask.Eve));
        Gates.Open("line-6");
        // Nobody has had a turn yet, so the first may be either's.
        Gates.Open("line-6/0");
        await Gates.ArrivedAsync("line-6/eve");
        Assert.DoesNotContain(Enumerable.Range(1, 19), i => Gates.HasArrived($"line-6/{i}"));
    }

    [Fact]
    public async Task A_job_that_waits_belongs_to_no_silo_and_is_started_by_whichever_has_room()
    {
        var database = await server.CreateDatabaseAsync();
        await using var full = await StartAsync(database, "full", Slots(1));
        await full.CreateAsync(Ask.Tool("gated", new { gate = "line-7" }));
        var waiting = await full.CreateAsync(Ask.Tool("noop"));
        Assert.Equal(JobStatus.Queued, waiting.Status);
        await using var other = await StartAsync(database, "other");
        var done = await full.EndOfAsync(waiting.Id);
        Assert.Equal((JobStatus.Completed, "other"), (done.Status, done.Silo));
        Gates.Open("line-7");
    }

    [Fact]
    public async Task Cancelling_jobs_while_they_are_claimed_ends_every_one_of_them()
    {
        const int Jobs = 60;
        await using var silo = await StartAsync(await server.CreateDatabaseAsync(), configure: Slots(5));
        for (var i = 0; i < 5; i++) await silo.CreateAsync(Ask.Tool("gated", new { gate = "line-8" }));
        var jobs = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(_ => silo.CreateAsync(Ask.Tool("noop"))));
        Gates.Open("line-8");
        var cancelled = await Task.WhenAll(jobs.Select(job => silo.Job(job.Id).CancelAsync(Ask.Ann, null)));
        Assert.Equal(Jobs, cancelled.Length);
        foreach (var job in jobs) Assert.True((await silo.EndOfAsync(job.Id)).IsTerminal);
        Assert.Equal(0, await OwnedAsync(silo));
        Assert.Equal(JobStatus.Completed, (await silo.RunAsync(Ask.Tool("noop"))).Status);
    }

    [Fact]
    public async Task A_job_that_waits_says_how_many_come_first_which_limit_binds_it_and_when_it_is_likely_to_start()
    {
        await using var silo = await StartAsync(await server.CreateDatabaseAsync());
        List<JobSnapshot> jobs = [];
        for (var i = 0; i < 5; i++) jobs.Add(await silo.CreateAsync(Ask.Tool("limited", new { gate = $"line-9/{i}" })));
        await Gates.ArrivedAsync("line-9/0");
        await Gates.ArrivedAsync("line-9/1");
        var urgent = await silo.CreateAsync(Ask.Tool("limited", new { gate = "line-9/urgent" }), null, 10);
        var last = (await silo.Job(jobs[4].Id).GetAsync(Ask.Ann))!;
        Assert.Equal((JobStatus.Queued, 3, false), (last.Status, last.Place!.Ahead, last.Place.IsAtLeast));
        Assert.Equal(("running jobs of the tool 'limited'", 2, 2), (last.Place.Limit, last.Place.LimitValue, last.Place.LimitCurrent));
        Assert.True(last.Place.LikelyStart > last.CreatedAt);
        Assert.StartsWith("3 jobs of yours are ahead; held back by the limit of 2 running jobs of the tool 'limited'; likely to start in about ", last.StatusMessage, StringComparison.Ordinal);
        Assert.InRange(last.PollIntervalMs, 1001, 30_000);
        Assert.Equal(0, (await silo.Job(urgent.Id).GetAsync(Ask.Ann))!.Place!.Ahead);
        var later = await silo.CreateAsync(Ask.Tool("noop"), TimeProvider.System.GetUtcNow().AddHours(1));
        var delayed = (await silo.Job(later.Id).GetAsync(Ask.Ann))!;
        Assert.Equal((delayed.StartAt, 30_000), (delayed.Place!.LikelyStart, delayed.PollIntervalMs));
        Assert.StartsWith("To start at ", delayed.StatusMessage, StringComparison.Ordinal);
        for (var i = 0; i < 5; i++) Gates.Open($"line-9/{i}");
        Gates.Open("line-9/urgent");
        Assert.Null((await silo.EndOfAsync(jobs[4].Id)).Place);
    }

    private static Action<IHostApplicationBuilder> Slots(int count) =>
        builder => builder.Services.Configure<AttemptOptions>(o => o.MaxRunningAttempts = count);

    private static Task<TestSilo> StartAsync(string database, string name = "silo", Action<IHostApplicationBuilder>? configure = null) =>
        TestSilo.StartAsync(database, builder =>
        {
            builder.Services.Configure<SiloOptions>(o => o.SiloName = name);
            configure?.Invoke(builder);
        });

    private static Task<long> OwnedAsync(TestSilo silo) => CountAsync(silo, "silo IS NOT NULL AND status < 3");

    private static Task EndedAsync(TestSilo silo, int count) =>
        Eventually.HoldsAsync($"{count} have ended", async () => await CountAsync(silo, "status >= 3") == count);

    private static async Task<long> CountAsync(TestSilo silo, string which)
    {
        await using var count = silo.Host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand($"SELECT count(*) FROM actors.jobs WHERE {which}");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
