using Actors.Jobs;
using Actors.Silo.Attempts;
using Actors.Silo.Tests.Pack;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Tests;

/// <summary>One slot.</summary>
public sealed class JobQueueTests(Testing.PostgresFixture postgres) : IClassFixture<Testing.PostgresFixture>, IAsyncLifetime
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
