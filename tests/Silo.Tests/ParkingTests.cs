using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Silo.Attempts;
using Actors.Silo.Tests.Pack;
using Actors.Storage.Jobs;
using Actors.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;

namespace Actors.Silo.Tests;

/// <summary>Jobs that wait for an answer and cost nothing but their row meanwhile.</summary>
public sealed class ParkingTests(PostgresServer server)
{
    [Fact]
    public async Task A_job_that_only_waits_is_parked_and_its_answer_runs_it_to_the_end()
    {
        await using var silo = await StartAsync(await server.CreateDatabaseAsync());
        var job = await ParkedAsync(silo, "ask_one");
        await silo.Host.Services.GetRequiredService<AttemptRunner>().WhenEndedAsync();
        Assert.Empty(silo.Host.Services.GetRequiredService<AttemptRunner>().Running);
        Assert.Equal((JobStatus.InputRequired, 1, null), (job.Status, job.Attempt, job.Silo));
        Assert.Equal("input-1", Assert.Single(job.InputRequests).Key);
        var ended = Assert.Single(job.Attempts);
        Assert.Equal((1, "silo", AttemptOutcome.Parked), (ended.Number, ended.Silo, ended.Outcome));

        var answered = await silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);

        Assert.Equal(["input-1"], answered!.Accepted);
        Assert.Empty(answered.Job.InputRequests);
        var done = await silo.EndOfAsync(job.Id);
        Assert.Equal("Hello, Ann!", Ask.Text(done.Result));
        Assert.Equal((JobStatus.Completed, 2), (done.Status, done.Attempt));
    }

    [Fact]
    public async Task A_parked_job_with_two_questions_goes_on_after_the_second_answer()
    {
        await using var silo = await StartAsync(await server.CreateDatabaseAsync());
        var job = await ParkedAsync(silo, "ask_two");
        var partly = await silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-2", "city", "Rome")]);
        Assert.Equal((JobStatus.InputRequired, null), (partly!.Job.Status, partly.Job.Silo));
        Assert.Equal("input-1", Assert.Single(partly.Job.InputRequests).Key);
        await silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
        Assert.Equal("Ann of Rome", Ask.Text((await silo.EndOfAsync(job.Id)).Result));
    }

    [Fact]
    public async Task Being_parked_uses_up_no_attempt()
    {
        await using var silo = await StartAsync(await server.CreateDatabaseAsync());
        var job = await ParkedAsync(silo, "ask_once_only");
        await silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
        Assert.Equal("Hello, Ann!", Ask.Text((await silo.EndOfAsync(job.Id)).Result));
    }

    [Fact]
    public async Task What_a_tool_makes_of_being_parked_is_not_its_result()
    {
        await using var silo = await StartAsync(await server.CreateDatabaseAsync());
        var job = await ParkedAsync(silo, "ask_deaf");
        await silo.Host.Services.GetRequiredService<AttemptRunner>().WhenEndedAsync();
        Assert.Equal(JobStatus.InputRequired, (await silo.Job(job.Id).GetAsync(Ask.Ann))!.Status);
        await silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
        Assert.Equal("Ann", Ask.Text((await silo.EndOfAsync(job.Id)).Result));
    }

    [Fact]
    public async Task A_parked_job_is_cancelled_at_once()
    {
        await using var silo = await StartAsync(await server.CreateDatabaseAsync());
        var job = await ParkedAsync(silo, "ask_one");
        var cancelled = await silo.Job(job.Id).CancelAsync(Ask.Ann, "not any more");
        Assert.Equal((JobStatus.Cancelled, CancelState.Stopped), (cancelled!.Status, cancelled.Cancel));
        var late = await silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
        Assert.Equal(["input-1"], late!.Ignored);
    }

    [Theory]
    [InlineData("ask_unrepeatable")]
    [InlineData("noop")]
    public async Task An_attempt_that_may_not_be_resumed_or_does_not_wait_is_not_parked(string tool)
    {
        await using var silo = await StartAsync(await server.CreateDatabaseAsync(), parkAfter: TimeSpan.FromHours(1));
        var job = await silo.CreateAsync(Ask.Tool(tool));
        if (tool == "noop")
        {
            await silo.EndOfAsync(job.Id);
            await Assert.ThrowsAsync<StaleAttemptException>(() => silo.Attempt(job.Id).ParkAsync(1));
            return;
        }

        await silo.UntilAsync(job.Id, j => j.InputRequests.Length == 1);
        Assert.False(await silo.Attempt(job.Id).ParkAsync(1));
        await silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
        var done = await silo.EndOfAsync(job.Id);
        Assert.Equal(("Hello, Ann!", 1), (Ask.Text(done.Result), done.Attempt));
    }

    [Fact]
    public async Task A_running_attempt_is_not_parked()
    {
        await using var silo = await StartAsync(await server.CreateDatabaseAsync());
        var job = await silo.CreateAsync(Ask.Tool("gated", new { gate = "park-1" }));
        await Gates.ArrivedAsync("park-1");
        Assert.False(await silo.Attempt(job.Id).ParkAsync(1));
        Gates.Open("park-1");
        Assert.Equal(1, (await silo.EndOfAsync(job.Id)).Attempt);
    }

    [Fact]
    public async Task A_question_that_the_parked_attempt_did_not_ask_again_is_nobodys()
    {
        var database = await server.CreateDatabaseAsync();
        var first = await StartAsync(database, parkAfter: TimeSpan.FromHours(1));
        var job = await first.CreateAsync(Ask.Tool("asks_by_attempt"));
        await first.UntilAsync(job.Id, j => j.InputRequests.Length == 1);
        await first.CrashAsync();

        await using var second = await StartAsync(database);
        var parked = await second.UntilAsync(job.Id, IsParked);
        Assert.Equal("input-2", Assert.Single(parked.InputRequests).Key);
        var superseded = await second.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "question 1", "late")]);
        Assert.Equal((JobStatus.InputRequired, "input-1"), (superseded!.Job.Status, Assert.Single(superseded.Ignored)));
    }

    [Fact]
    public async Task A_parked_job_survives_every_silo_and_is_answered_days_later()
    {
        var database = await server.CreateDatabaseAsync();
        var first = await StartAsync(database);
        var job = await ParkedAsync(first, "ask_two");
        await first.CrashAsync();
        await AgeAsync(database, "5 days");

        await using (var second = await StartAsync(database))
        {
            await second.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
        }

        await using var third = await StartAsync(database);
        Assert.Equal((JobStatus.InputRequired, 1), Short((await third.Job(job.Id).GetAsync(Ask.Ann))!));
        await third.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-2", "city", "Rome")]);
        var done = await third.EndOfAsync(job.Id);
        Assert.Equal(("Ann of Rome", 2), (Ask.Text(done.Result), done.Attempt));
    }

    [Fact]
    public async Task A_silo_that_stops_parks_what_only_waits()
    {
        var database = await server.CreateDatabaseAsync();
        var leaving = await StartAsync(database, parkAfter: TimeSpan.FromHours(1));
        var job = await leaving.CreateAsync(Ask.Tool("ask_one"));
        await leaving.UntilAsync(job.Id, j => j.InputRequests.Length == 1);
        await leaving.DisposeAsync();

        await using var next = await StartAsync(database, parkAfter: TimeSpan.FromHours(1));
        Assert.Equal((JobStatus.InputRequired, 1), Short((await next.Job(job.Id).GetAsync(Ask.Ann))!));
        await next.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
        Assert.Equal("Hello, Ann!", Ask.Text((await next.EndOfAsync(job.Id)).Result));
    }

    [Fact]
    public async Task A_silo_that_stops_fails_what_may_not_be_resumed_once_it_has_waited_long_enough()
    {
        var database = await server.CreateDatabaseAsync();
        var leaving = await StartAsync(database, configure: builder => builder.Services.Configure<AttemptOptions>(o => o.DrainTimeout = TimeSpan.FromSeconds(1)));
        var job = await leaving.CreateAsync(Ask.Tool("ask_unrepeatable"));
        await leaving.UntilAsync(job.Id, j => j.InputRequests.Length == 1);
        await leaving.DisposeAsync();

        await using var next = await StartAsync(database);
        var done = await next.EndOfAsync(job.Id);
        Assert.Equal(JobStatus.Failed, done.Status);
        Assert.Contains("must not happen twice", done.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recovery_leaves_parked_jobs_alone()
    {
        await using var silo = await StartAsync(await server.CreateDatabaseAsync());
        var job = await ParkedAsync(silo, "ask_one");
        var orphans = await silo.Host.Services.GetRequiredService<JobQueries>().FindOrphansAsync(
            10, new OrphanShare(["ask_one"]), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(orphans);
        await silo.Attempt(job.Id).RecoverAsync();
        Assert.Equal((JobStatus.InputRequired, 1), Short((await silo.Job(job.Id).GetAsync(Ask.Ann))!));
    }

    [Fact]
    public async Task Who_answered_is_in_the_record_and_a_second_answer_is_told_so()
    {
        await using var silo = await StartAsync(await server.CreateDatabaseAsync());
        var job = await ParkedAsync(silo, "ask_one");
        var secondKey = Ask.Ann with { Client = "key-9" };
        var answer = Ask.Accept("input-1", "name", "Ann") with { Through = AnswerChannel.JobRespond };
        await silo.Job(job.Id).AnswerAsync(secondKey, [answer]);
        var done = await silo.EndOfAsync(job.Id);
        var told = Assert.Single(done.Answered);
        Assert.Equal(
            ("input-1", "ann", "key-9", AnswerChannel.JobRespond),
            (told.Key, told.Origin!.Subject, told.Origin.Client, told.Origin.Through));
        Assert.True(told.AskedAt <= told.Origin.At);

        var late = await silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Bob")]);
        Assert.Equal(told, Assert.Single(late!.Earlier));
        Assert.Equal("Hello, Ann!", Ask.Text(late.Job.Result));
    }

    private static bool IsParked(JobSnapshot job) => job is { Status: JobStatus.InputRequired, Silo: null };

    private static (JobStatus Status, int Attempt) Short(JobSnapshot job) => (job.Status, job.Attempt);

    private static async Task<JobSnapshot> ParkedAsync(TestSilo silo, string tool) =>
        await silo.UntilAsync((await silo.CreateAsync(Ask.Tool(tool))).Id, IsParked);

    /// <summary>Makes everything that is stored of jobs that much older.</summary>
    private static async Task AgeAsync(string database, string interval)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(
            $"""
            UPDATE actors.jobs SET created_at = created_at - interval '{interval}', updated_at = updated_at - interval '{interval}',
                started_at = started_at - interval '{interval}', run_at = run_at - interval '{interval}',
                expires_at = expires_at - interval '{interval}', input_expires_at = input_expires_at - interval '{interval}'
            """);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static Task<TestSilo> StartAsync(string database, TimeSpan? parkAfter = null, Action<IHostApplicationBuilder>? configure = null) =>
        TestSilo.StartAsync(database, builder =>
        {
            builder.Services.Configure<SiloOptions>(o => o.SiloName = "silo");
            builder.Services.Configure<AttemptOptions>(o => o.ParkAfter = parkAfter ?? TimeSpan.FromMilliseconds(50));
            builder.Services.Configure<Recovery.RecoveryOptions>(o => o.LookEvery = TimeSpan.FromMilliseconds(100));
            configure?.Invoke(builder);
        });
}
