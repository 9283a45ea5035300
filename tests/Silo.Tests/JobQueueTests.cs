using Actors.Jobs;
using Actors.Silo.Attempts;
using Actors.Silo.Tests.Pack;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Runtime;

namespace Actors.Silo.Tests;

/// <summary>One slot.</summary>
public sealed class JobQueueTests(Testing.PostgresFixture postgres, Testing.PostgresServer server) : IClassFixture<Testing.PostgresFixture>, IAsyncLifetime
{
    private TestSilo _silo = null!;

    public async ValueTask InitializeAsync() => _silo = await TestSilo.StartAsync(
        postgres.ConnectionString,
        builder => builder.Services.Configure<AttemptOptions>(o => o.MaxRunningAttempts = 1));

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task Jobs_over_the_slots_wait_in_line_and_run_in_order()
    {
        var running = await _silo.CreateAsync(Ask.Tool("gated", new { gate = "queue-1" }));
        var second = await _silo.CreateAsync(Ask.Tool("gated", new { gate = "queue-2" }));
        var third = await _silo.CreateAsync(Ask.Tool("gated", new { gate = "queue-3" }));
        Assert.Equal(JobStatus.Running, running.Status);
        Assert.Equal((JobStatus.Queued, 0), (second.Status, second.Attempt));
        Assert.Equal(JobStatus.Queued, third.Status);
        Assert.Null(third.Silo);

        Gates.Open("queue-1");
        await Gates.ArrivedAsync("queue-2");
        Assert.False(Gates.HasArrived("queue-3"));
        Gates.Open("queue-2");
        await Gates.ArrivedAsync("queue-3");
        Gates.Open("queue-3");
        Assert.Equal(JobStatus.Completed, (await _silo.EndOfAsync(third.Id)).Status);
    }

    [Fact]
    public async Task A_job_that_is_created_and_waits_is_held_by_no_silo()
    {
        var running = await _silo.CreateAsync(Ask.Tool("gated", new { gate = "queue-held-1" }));
        var waiting = await _silo.CreateAsync(Ask.Tool("gated", new { gate = "queue-held-2" }));
        await Eventually.HoldsAsync("only the running job was held", async () => await HeldAsync() is [var held] && held == running.Id);

        Assert.Equal(JobStatus.Queued, (await _silo.Job(waiting.Id).GetAsync(Ask.Ann))!.Status);
        Gates.Open("queue-held-1");
        Gates.Open("queue-held-2");
        Assert.Equal(JobStatus.Completed, (await _silo.EndOfAsync(waiting.Id)).Status);
    }

    [Fact]
    public async Task A_queued_job_that_is_cancelled_ends_at_once_and_gives_up_its_place()
    {
        var running = await _silo.CreateAsync(Ask.Tool("gated", new { gate = "queue-4" }));
        var queued = await _silo.CreateAsync(Ask.Tool("gated", new { gate = "queue-5" }));
        var last = await _silo.CreateAsync(Ask.Tool("gated", new { gate = "queue-6" }));
        var cancelled = await _silo.Job(queued.Id).CancelAsync(Ask.Ann, "changed my mind");
        Assert.Equal((JobStatus.Cancelled, CancelState.Stopped), (cancelled!.Status, cancelled.Cancel));
        Assert.Equal("Cancelled: changed my mind", cancelled.StatusMessage);
        Gates.Open("queue-4");
        await Gates.ArrivedAsync("queue-6");
        Gates.Open("queue-6");
        await _silo.EndOfAsync(last.Id);
        await _silo.EndOfAsync(running.Id);
        Assert.False(Gates.HasArrived("queue-5"));
    }

    [Fact]
    public async Task A_job_that_waits_for_an_answer_leaves_its_slot_to_others()
    {
        var asking = await _silo.CreateAsync(Ask.Tool("ask_one"));
        await _silo.UntilAsync(asking.Id, job => job.Status is JobStatus.InputRequired);
        Assert.Equal(JobStatus.Completed, (await _silo.RunAsync(Ask.Tool("noop"))).Status);
        await _silo.Job(asking.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
        Assert.Equal("Hello, Ann!", Ask.Text((await _silo.EndOfAsync(asking.Id)).Result));
        Assert.Equal(JobStatus.Completed, (await _silo.RunAsync(Ask.Tool("noop"))).Status);
    }

    [Fact]
    public async Task A_job_that_waits_for_two_answers_leaves_one_slot_to_others()
    {
        var asking = await _silo.CreateAsync(Ask.Tool("ask_two"));
        await _silo.UntilAsync(asking.Id, job => job.InputRequests.Length == 2);
        await OneSlotIsFreeAsync("queue-7");
        await _silo.Job(asking.Id).AnswerAsync(
            Ask.Ann, [Ask.Accept("input-1", "name", "Ann"), Ask.Accept("input-2", "city", "Rome")]);
        Assert.Equal(JobStatus.Completed, (await _silo.EndOfAsync(asking.Id)).Status);
        await OneSlotIsFreeAsync("queue-8");
    }

    [Fact]
    public async Task A_job_that_ends_with_a_question_open_gives_back_one_slot()
    {
        var leaving = await _silo.CreateAsync(Ask.Tool("ask_and_leave", new { gate = "queue-9" }));
        await _silo.UntilAsync(leaving.Id, job => job.Status is JobStatus.InputRequired);
        Gates.Open("queue-9");
        Assert.Equal("left", Ask.Text((await _silo.EndOfAsync(leaving.Id)).Result));
        await OneSlotIsFreeAsync("queue-10");
    }

    [Fact]
    public async Task A_job_past_the_quota_of_waiting_jobs_is_refused_with_the_limit_in_numbers_and_taken_when_there_is_room()
    {
        await using var silo = await TestSilo.StartAsync(await server.CreateDatabaseAsync(), builder =>
        {
            builder.Services.Configure<AttemptOptions>(o => o.MaxRunningAttempts = 1);
            builder.Services.Configure<Storage.Queue.QuotaOptions>(o => (o.MaxWaiting, o.MaxWaitingPerPrincipal) = (3, 2));
        });
        await silo.CreateAsync(Ask.Tool("gated", new { gate = "queue-11" }));
        await silo.CreateAsync(Ask.Tool("noop"));
        await silo.CreateAsync(Ask.Tool("noop"));
        await RefusedAsync(Ask.Ann, "waiting jobs of yours", 2);
        await silo.CreateAsync(Ask.Tool("noop", caller: Ask.Bob));
        await RefusedAsync(Ask.Bob, "waiting jobs of the tenant", 3);
        await silo.CreateAsync(Ask.Tool("noop", caller: Ask.Eve));
        Gates.Open("queue-11");
        await Eventually.HoldsAsync("there is room again", async () =>
        {
            try
            {
                return (await silo.RunAsync(Ask.Tool("noop"))).Status is JobStatus.Completed;
            }
            catch (JobRefusedException)
            {
                return false;
            }
        });

        async Task RefusedAsync(Tenants.Principal caller, string limit, long value)
        {
            var refused = await Assert.ThrowsAsync<JobRefusedException>(() => silo.CreateAsync(Ask.Tool("noop", caller: caller)));
            var reached = LimitReached.Of(refused.Error)!;
            Assert.Equal((limit, value, value), (reached.Limit, reached.Value, reached.Current));
            Assert.True(reached.RetryAfterMs > 0);
        }
    }

    [Fact]
    public async Task A_job_of_a_tenant_that_has_stored_as_much_as_it_may_is_refused_and_other_tenants_are_not()
    {
        await using var silo = await TestSilo.StartAsync(await server.CreateDatabaseAsync(), builder =>
            builder.Services.Configure<Storage.Queue.QuotaOptions>(o => o.MaxStoredBytes = 5000));
        var first = await silo.CreateAsync(Ask.Tool("sized", new { resultBytes = 10, checkpointBytes = 6000 }));
        await silo.EndOfAsync(first.Id);
        var refused = await Assert.ThrowsAsync<JobRefusedException>(async () =>
        {
            // Arguments alone come to the limit in the end, however old the sum is.
            for (var i = 0; i < 100; i++) await silo.CreateAsync(Ask.Tool("noop", new { padding = new string('x', 100) }));
        });
        var reached = LimitReached.Of(refused.Error)!;
        Assert.Equal(("bytes stored for the tenant", 5000), (reached.Limit, reached.Value));
        Assert.True(reached.Current >= 5000 && reached.RetryAfterMs > 0);
        Assert.Equal(JobStatus.Completed, (await silo.UntilEndAsync(await silo.CreateAsync(Ask.Tool("noop", caller: Ask.Eve)), Ask.Eve)).Status);
    }

    [Fact]
    public async Task A_job_whose_total_time_is_over_fails_in_line_while_another_has_the_slot()
    {
        var tried = await _silo.CreateAsync(Ask.Tool("runs_out_in_line", new { gate = "queue-time-1" }));
        await Gates.ArrivedAsync("queue-time-1");
        var next = await _silo.CreateAsync(Ask.Tool("gated", new { gate = "queue-time-2" }));
        Gates.Open("queue-time-1");
        await Gates.ArrivedAsync("queue-time-2");
        await using (var later = _silo.Host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            $"UPDATE actors.jobs SET started_at = started_at - interval '1 hour', deadline_at = deadline_at - interval '1 hour' WHERE id = '{tried.Id}'"))
        {
            Assert.Equal(1, await later.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        var done = await _silo.EndOfAsync(tried.Id);
        Assert.Equal((JobStatus.Failed, 1), (done.Status, done.Attempt));
        Assert.Equal(
            "'runs_out_in_line' has used up its total time of 3600 s while it waited for its next attempt. Its last error: An error occurred invoking 'runs_out_in_line': the printer is busy",
            done.Error!.Message);
        Assert.Equal(JobStatus.Running, (await _silo.Job(next.Id).GetAsync(Ask.Ann))!.Status);
        Gates.Open("queue-time-2");
        Assert.Equal(JobStatus.Completed, (await _silo.EndOfAsync(next.Id)).Status);
    }

    private async Task<string[]> HeldAsync() =>
        [.. (await _silo.Grains.GetGrain<IManagementGrain>(0).GetActiveGrains(GrainType.Create("job"))).Select(grain => JobKey.Parse(grain.Key.ToString()!).Id)];

    private async Task OneSlotIsFreeAsync(string gate)
    {
        var running = await _silo.CreateAsync(Ask.Tool("gated", new { gate }));
        await Gates.ArrivedAsync(gate);
        var queued = await _silo.CreateAsync(Ask.Tool("noop"));
        Assert.Equal(JobStatus.Queued, queued.Status);
        Gates.Open(gate);
        Assert.Equal(JobStatus.Completed, (await _silo.EndOfAsync(running.Id)).Status);
        Assert.Equal(JobStatus.Completed, (await _silo.EndOfAsync(queued.Id)).Status);
    }
}
