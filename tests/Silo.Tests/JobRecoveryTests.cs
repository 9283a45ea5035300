using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Silo.Attempts;
using Actors.Silo.Tests.Pack;
using Actors.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;

namespace Actors.Silo.Tests;

/// <summary>What becomes of jobs whose silo is gone: one process after another, on one database.</summary>
public sealed class JobRecoveryTests(PostgresServer server)
{
    [Fact]
    public async Task A_job_whose_silo_died_goes_on_from_its_checkpoint_as_the_next_attempt()
    {
        var database = await server.CreateDatabaseAsync();
        var job = await InFirstSiloAsync(database, async silo =>
        {
            var created = await silo.CreateAsync(Ask.Tool("counting", new { gate = "crash-1" }));
            Gates.Open("crash-1/1/1");
            await Gates.ArrivedAsync("crash-1/1/2");
            return created;
        });

        await using var second = await StartAsync(database);
        await Gates.ArrivedAsync("crash-1/2/2");
        Assert.Equal((JobStatus.Running, 2), await StateAsync(second, job));
        Gates.Open("crash-1/2/2");
        Gates.Open("crash-1/2/3");
        Assert.Equal("attempt 2 counted on after 1", Ask.Text((await second.EndOfAsync(job)).Result));
        Assert.False(Gates.HasArrived("crash-1/2/1"));
    }

    [Fact]
    public async Task The_next_attempt_begins_without_the_progress_of_the_one_before()
    {
        var database = await server.CreateDatabaseAsync();
        var job = await InFirstSiloAsync(database, async silo =>
        {
            var created = await silo.CreateAsync(Ask.Tool("reports_first", new { gate = "crash-6" }));
            await silo.UntilAsync(created.Id, j => j.Progress?.Progress == 7);
            Gates.Open("crash-6/told");
            await Gates.ArrivedAsync("crash-6/1"); // with the checkpoint, the progress is stored
            return created;
        });

        await using var second = await StartAsync(database);
        await Gates.ArrivedAsync("crash-6/2");
        var again = await second.UntilAsync(job, j => j.Attempt == 2);
        Assert.Equal((JobStatus.Running, null), (again.Status, again.Progress));
        Gates.Open("crash-6/2");
        Assert.Equal((JobStatus.Completed, 2), Short(await second.EndOfAsync(job)));
    }

    [Fact]
    public async Task A_job_of_a_tool_that_starts_over_finds_nothing_after_a_crash()
    {
        var database = await server.CreateDatabaseAsync();
        var job = await InFirstSiloAsync(database, async silo =>
        {
            var created = await silo.CreateAsync(Ask.Tool("starts_over", new { gate = "crash-7" }));
            await Gates.ArrivedAsync("crash-7/1");
            return created;
        });

        await using var second = await StartAsync(database, name: "second");
        Gates.Open("crash-7/2");
        var done = await second.EndOfAsync(job);
        Assert.Equal("attempt 2 found nothing", Ask.Text(done.Result));
        var crashed = Assert.Single(done.Attempts);
        Assert.Equal((1, "silo", AttemptOutcome.Crashed, true, 1), (crashed.Number, crashed.Silo, crashed.Outcome, crashed.StartsOver, crashed.Used));
    }

    [Theory]
    [InlineData("gated_steps", 1)]
    [InlineData("gated_steps_over", 2)]
    public async Task A_step_that_was_stored_before_the_crash_does_not_happen_again_but_for_a_tool_that_starts_over(string tool, int firsts)
    {
        var database = await server.CreateDatabaseAsync();
        var job = await InFirstSiloAsync(database, async silo =>
        {
            var created = await silo.CreateAsync(Ask.Tool(tool, new { run = tool }));
            await Gates.ArrivedAsync($"{tool}/1");
            return created;
        });

        await using var second = await StartAsync(database);
        Gates.Open($"{tool}/2");
        Assert.Equal("attempt 2", Ask.Text((await second.EndOfAsync(job)).Result));
        Assert.Equal(firsts, Effects.Of($"{tool}/first").Length);

        // It had its effect and was not stored yet: it happens again, under the same key.
        Assert.Equal([$"{job}/second", $"{job}/second"], Effects.Of($"{tool}/second"));
    }

    [Theory]
    [InlineData("unrepeatable", "must not happen twice")]
    [InlineData("one_attempt", "interrupted in the last of its 1 attempts")]
    public async Task A_job_that_may_not_run_again_fails_and_says_why(string tool, string reason)
    {
        var database = await server.CreateDatabaseAsync();
        var job = await InFirstSiloAsync(database, async silo =>
        {
            var created = await silo.CreateAsync(Ask.Tool(tool, new { gate = "crash-2-" + tool }));
            await Gates.ArrivedAsync("crash-2-" + tool);
            return created;
        });

        await using var second = await StartAsync(database);
        var done = await second.EndOfAsync(job);
        Assert.Equal((JobStatus.Failed, -32603), (done.Status, done.Error!.Code));
        Assert.Contains(reason, done.StatusMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_takes_every_silo_down_rests_between_its_attempts_and_ends_when_they_are_used_up()
    {
        var database = await server.CreateDatabaseAsync();
        var job = await InFirstSiloAsync(database, async silo =>
        {
            var created = await silo.CreateAsync(Ask.Tool("poison", new { gate = "crash-8" }));
            await Gates.ArrivedAsync("crash-8/1");
            return created;
        });
        foreach (var attempt in new[] { 2, 3 })
        {
            var next = await StartAsync(database, name: $"silo {attempt}");
            await Gates.ArrivedAsync($"crash-8/{attempt}");
            await next.CrashAsync();
        }

        await using var last = await StartAsync(database, name: "last");
        var done = await last.EndOfAsync(job);
        Assert.Equal((JobStatus.Failed, 3), Short(done));
        Assert.Equal("'poison' was interrupted in the last of its 3 attempts: its process died, or lost its lease.", done.Error!.Message);
        Assert.Equal([AttemptOutcome.Crashed, AttemptOutcome.Crashed], done.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task A_job_that_was_still_in_line_runs_in_the_next_silo()
    {
        var database = await server.CreateDatabaseAsync();
        string? queued = null;
        var running = await InFirstSiloAsync(
            database,
            async silo =>
            {
                var first = await silo.CreateAsync(Ask.Tool("gated", new { gate = "crash-3" }));
                var second = await silo.CreateAsync(Ask.Tool("noop"));
                Assert.Equal(JobStatus.Queued, second.Status);
                queued = second.Id;
                return first;
            },
            builder => builder.Services.Configure<AttemptOptions>(o => o.MaxRunningAttempts = 1));

        await using var next = await StartAsync(database);
        Assert.Equal((JobStatus.Completed, 1), Short(await next.EndOfAsync(queued!)));
        Gates.Open("crash-3");
        Assert.Equal((JobStatus.Completed, 2), Short(await next.EndOfAsync(running)));
    }

    [Fact]
    public async Task A_cancellation_that_was_asked_for_outlives_the_silo()
    {
        var database = await server.CreateDatabaseAsync();
        var job = await InFirstSiloAsync(database, async silo =>
        {
            var created = await silo.CreateAsync(Ask.Tool("patient", new { gate = "crash-4" }));
            await Gates.ArrivedAsync("crash-4");
            await silo.Job(created.Id).CancelAsync(Ask.Ann, null);
            return created;
        });

        await using var second = await StartAsync(database);
        var done = await second.EndOfAsync(job);
        Assert.Equal((JobStatus.Cancelled, CancelState.Stopped), (done.Status, done.Cancel));
    }

    [Fact]
    public async Task An_answer_given_before_the_crash_is_not_asked_for_again()
    {
        var database = await server.CreateDatabaseAsync();
        var job = await InFirstSiloAsync(database, async silo =>
        {
            var created = await silo.CreateAsync(Ask.Tool("ask_then_wait", new { gate = "crash-5" }));
            await silo.UntilAsync(created.Id, j => j.InputRequests.Length == 1);
            await silo.Job(created.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
            await Gates.ArrivedAsync("crash-5/1");
            return created;
        });

        await using var second = await StartAsync(database);
        Gates.Open("crash-5/2");
        var asking = await second.UntilAsync(job, j => j.InputRequests.Length == 1);
        Assert.Equal("input-2", asking.InputRequests[0].Key);
        await second.Job(job).AnswerAsync(Ask.Ann, [Ask.Accept("input-2", "city", "Rome")]);
        Assert.Equal("Ann of Rome, attempt 2", Ask.Text((await second.EndOfAsync(job)).Result));
    }

    [Fact]
    public async Task A_question_that_was_open_in_the_crash_is_open_again_under_its_key()
    {
        var database = await server.CreateDatabaseAsync();
        var job = await InFirstSiloAsync(database, async silo =>
        {
            var created = await silo.CreateAsync(Ask.Tool("ask_two"));
            await silo.UntilAsync(created.Id, j => j.InputRequests.Length == 2);
            await silo.Job(created.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
            return created;
        });

        await using var second = await StartAsync(database);
        var asking = await second.UntilAsync(job, j => j.Attempt == 2 && j.Status is JobStatus.InputRequired);
        Assert.Equal(["input-2"], asking.InputRequests.Select(q => q.Key));
        await second.Job(job).AnswerAsync(Ask.Ann, [Ask.Accept("input-2", "city", "Rome")]);
        Assert.Equal("Ann of Rome", Ask.Text((await second.EndOfAsync(job)).Result));
    }

    [Fact]
    public async Task A_job_that_asked_as_much_as_it_may_asks_the_same_again_after_the_crash()
    {
        var database = await server.CreateDatabaseAsync();
        static void OneQuestion(IHostApplicationBuilder builder) => builder.Services.Configure<JobLimits>(o => o.MaxQuestions = 1);
        var job = await InFirstSiloAsync(
            database,
            async silo =>
            {
                var created = await silo.CreateAsync(Ask.Tool("ask_one"));
                return await silo.UntilAsync(created.Id, j => j.Status is JobStatus.InputRequired);
            },
            OneQuestion);

        await using var second = await StartAsync(database, OneQuestion);
        await second.UntilAsync(job, j => j.Attempt == 2 && j.InputRequests.Length == 1);
        await second.Job(job).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
        Assert.Equal("Hello, Ann!", Ask.Text((await second.EndOfAsync(job)).Result));
    }

    [Fact]
    public async Task A_silo_that_is_told_to_stop_hands_its_jobs_over_and_lets_the_unrepeatable_end()
    {
        var database = await server.CreateDatabaseAsync();
        var first = await StartAsync(database, name: "leaving");
        var resumable = await first.CreateAsync(Ask.Tool("counting", new { gate = "drain-1" }));
        var unrepeatable = await first.CreateAsync(Ask.Tool("unrepeatable", new { gate = "drain-2" }));
        var last = await first.CreateAsync(Ask.Tool("one_attempt", new { gate = "drain-3" }));
        Gates.Open("drain-1/1/1");
        await Gates.ArrivedAsync("drain-1/1/2");
        await Gates.ArrivedAsync("drain-2");
        await Gates.ArrivedAsync("drain-3");
        var stopping = first.DisposeAsync();

        await using var second = await StartAsync(database, name: "staying");
        await Gates.ArrivedAsync("drain-1/2/2");
        Gates.Open("drain-2");
        Gates.Open("drain-3");
        await stopping;
        Gates.Open("drain-1/2/2");
        Gates.Open("drain-1/2/3");
        Assert.Equal("attempt 2 counted on after 1", Ask.Text((await second.EndOfAsync(resumable.Id)).Result));
        var ended = await second.EndOfAsync(unrepeatable.Id);
        Assert.Equal((JobStatus.Completed, 1), Short(ended));
        // A hand-over uses up no attempt: the last one goes on too.
        var handedOver = await second.EndOfAsync(last.Id);
        Assert.Equal((JobStatus.Completed, 2), Short(handedOver));
        Assert.Equal((AttemptOutcome.HandedOver, 0), (handedOver.Attempts[0].Outcome, handedOver.Attempts[0].Used));
    }

    [Fact]
    public async Task A_silo_whose_lease_lapsed_stops_its_attempts_and_starts_them_anew_under_the_next_lease()
    {
        await using var silo = await StartAsync(await server.CreateDatabaseAsync());
        var job = await silo.CreateAsync(Ask.Tool("tells_its_end", new { gate = "fence-1" }));
        await Gates.ArrivedAsync("fence-1/1");

        var database = silo.Host.Services.GetRequiredService<NpgsqlDataSource>();
        await using (var lapse = database.CreateCommand("UPDATE actors.silos SET expires_at = clock_timestamp() - interval '1 second'"))
        {
            await lapse.ExecuteNonQueryAsync();
        }

        await Gates.ArrivedAsync("fence-1/1/stopped");
        await Gates.ArrivedAsync("fence-1/2");
        Gates.Open("fence-1/1");
        Gates.Open("fence-1/2");
        Assert.Equal((JobStatus.Completed, 2), Short(await silo.EndOfAsync(job.Id)));
    }

    [Fact]
    public async Task A_silo_whose_name_another_process_takes_stops_and_the_other_goes_on()
    {
        var database = await server.CreateDatabaseAsync();
        await using var first = await StartAsync(database);
        var replaced = new TaskCompletionSource();
        first.Host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(replaced.SetResult);

        await using var second = await StartAsync(database);
        await replaced.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal("done", Ask.Text((await second.RunAsync(Ask.Tool("noop"))).Result));
    }

    private static (JobStatus Status, int Attempt) Short(JobSnapshot job) => (job.Status, job.Attempt);

    private static async Task<(JobStatus Status, int Attempt)> StateAsync(TestSilo silo, string job) =>
        Short((await silo.Job(job).GetAsync(Ask.Ann))!);

    private static Task<TestSilo> StartAsync(string database, Action<IHostApplicationBuilder>? configure = null, string name = "silo") =>
        TestSilo.StartAsync(database, builder =>
        {
            builder.Services.Configure<SiloOptions>(o => o.SiloName = name);
            builder.Services.Configure<Storage.StorageOptions>(o => o.Lease.RenewEvery = TimeSpan.FromMilliseconds(200));
            builder.Services.Configure<Recovery.RecoveryOptions>(o => o.LookEvery = TimeSpan.FromMilliseconds(100));
            configure?.Invoke(builder);
        });

    /// <summary>Does something in a silo that then dies: nobody tells it to stop, and its lease is not given back.</summary>
    private static async Task<string> InFirstSiloAsync(
        string database, Func<TestSilo, Task<JobSnapshot>> act, Action<IHostApplicationBuilder>? configure = null)
    {
        var silo = await StartAsync(database, configure);
        var job = await act(silo);
        await silo.CrashAsync();
        return job.Id;
    }
}
