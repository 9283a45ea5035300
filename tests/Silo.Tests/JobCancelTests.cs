using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Silo.Tests.Pack;

namespace Actors.Silo.Tests;

public sealed class JobCancelTests(SiloFixture fixture) : IClassFixture<SiloFixture>
{
    private TestSilo Silo => fixture.Silo;

    [Fact]
    public async Task A_running_job_is_told_and_stops()
    {
        var job = await RunningAsync("gated", "cancel-1");
        var asked = await Silo.Job(job.Id).CancelAsync(Ask.Ann, "enough");
        Assert.Equal(CancelState.Delivered, asked!.Cancel);
        var done = await Silo.EndOfAsync(job.Id);
        Assert.Equal((JobStatus.Cancelled, CancelState.Stopped), (done.Status, done.Cancel));
    }

    [Fact]
    public async Task A_tool_that_finishes_anyway_keeps_its_result()
    {
        var job = await RunningAsync("finishes_anyway", "cancel-2");
        await Silo.Job(job.Id).CancelAsync(Ask.Ann, null);
        var done = await Silo.EndOfAsync(job.Id);
        Assert.Equal((JobStatus.Completed, CancelState.TooLate), (done.Status, done.Cancel));
        Assert.Equal("finished anyway", Ask.Text(done.Result));
    }

    [Fact]
    public async Task A_tool_that_pays_no_attention_is_fenced_off_after_its_grace()
    {
        var job = await RunningAsync("stubborn", "cancel-3");
        await Silo.Job(job.Id).CancelAsync(Ask.Ann, null);
        var done = await Silo.EndOfAsync(job.Id);
        Assert.Equal((JobStatus.Cancelled, CancelState.Ignored), (done.Status, done.Cancel));
        Gates.Open("cancel-3");
        await Assert.ThrowsAsync<StaleAttemptException>(
            () => Silo.Attempt(job.Id).FinishAsync(1, AttemptEnd.Completed("{}"u8.ToArray())));
        Assert.Equal(done, await Silo.Job(job.Id).GetAsync(Ask.Ann));
    }

    [Fact]
    public async Task A_job_that_waits_for_an_answer_is_cancelled_at_once()
    {
        var created = await Silo.CreateAsync(Ask.Tool("ask_one"));
        await Silo.UntilAsync(created.Id, job => job.Status is JobStatus.InputRequired);
        var cancelled = await Silo.Job(created.Id).CancelAsync(Ask.Ann, null);
        Assert.Equal((JobStatus.Cancelled, CancelState.Stopped), (cancelled!.Status, cancelled.Cancel));
        Assert.Empty(cancelled.InputRequests);
    }

    [Fact]
    public async Task Cancelling_twice_or_after_the_end_changes_nothing()
    {
        var done = await Silo.RunAsync(Ask.Tool("noop"));
        var after = await Silo.Job(done.Id).CancelAsync(Ask.Ann, null);
        Assert.Equal((JobStatus.Completed, CancelState.None), (after!.Status, after.Cancel));
    }

    [Fact]
    public async Task An_attempt_with_another_number_is_refused()
    {
        var job = await RunningAsync("gated", "cancel-4");
        await Assert.ThrowsAsync<StaleAttemptException>(() => Silo.Attempt(job.Id).SaveCheckpointAsync(2, [1]));
        await Assert.ThrowsAsync<StaleAttemptException>(() => Silo.Attempt(job.Id).ReportAsync(0, new AttemptReport(null, [])));
        await Assert.ThrowsAsync<StaleAttemptException>(
            () => Silo.Attempt(job.Id).AskAsync(2, new InputQuestion(null, "elicitation/create", null)));
        Gates.Open("cancel-4");
        Assert.Equal(JobStatus.Completed, (await Silo.EndOfAsync(job.Id)).Status);
    }

    private async Task<JobSnapshot> RunningAsync(string tool, string gate)
    {
        var job = await Silo.CreateAsync(Ask.Tool(tool, new { gate }));
        await Gates.ArrivedAsync(gate);
        return job;
    }
}
