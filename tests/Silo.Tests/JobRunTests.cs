using System.Text.Json;
using Actors.Jobs;
using Actors.Silo.Tests.Pack;
using Actors.Storage.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Tests;

public sealed class JobRunTests(SiloFixture fixture) : IClassFixture<SiloFixture>
{
    private TestSilo Silo => fixture.Silo;

    [Fact]
    public async Task A_job_is_created_as_running_and_ends_with_the_tools_result()
    {
        var created = await Silo.CreateAsync(Ask.Tool("gated", new { gate = "run-1" }));
        Assert.Equal((JobStatus.Running, 1), (created.Status, created.Attempt));
        Gates.Open("run-1");
        var done = await Silo.EndOfAsync(created.Id);
        Assert.Equal(JobStatus.Completed, done.Status);
        Assert.Equal("passed run-1", Ask.Text(done.Result));
        Assert.Equal("complete", JsonElement.Parse(done.Result).GetProperty("resultType").GetString());
        Assert.Equal(7L * 24 * 3600 * 1000, done.TtlMs);
    }

    [Fact]
    public async Task Creating_again_returns_the_job_as_it_is_and_refuses_everybody_else()
    {
        var key = Silo.NewJob();
        var call = Ask.Tool("gated", new { gate = "run-2" });
        var first = await Silo.CreateAsync(call, key);
        var again = await Silo.CreateAsync(call, key);
        Assert.Equal((first.Id, 1), (again.Id, again.Attempt));
        await Assert.ThrowsAsync<JobRefusedException>(() => Silo.CreateAsync(call with { Caller = Ask.Bob }, key));
        Gates.Open("run-2");
        await Silo.EndOfAsync(first.Id);
    }

    [Fact]
    public async Task An_unknown_tool_or_a_short_one_cannot_become_a_job()
    {
        foreach (var name in (string[])["no_such_tool", "greet"])
        {
            var refused = await Assert.ThrowsAsync<JobRefusedException>(() => Silo.CreateAsync(Ask.Tool(name)));
            Assert.Equal(-32602, refused.Error.Code);
            Assert.Contains(name, refused.Error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_handle_that_was_never_created_is_no_job()
    {
        var grain = Silo.Job(JobKey.NewId());
        Assert.Null(await grain.GetAsync(Ask.Ann));
        Assert.Null(await grain.CancelAsync(Ask.Ann, null));
        Assert.Null(await grain.AnswerAsync(Ask.Ann, []));
        Assert.Empty(await grain.WatchAsync(Ask.Ann, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_subject_and_another_tenant_see_no_job()
    {
        var created = await Silo.CreateAsync(Ask.Tool("noop"));
        await Silo.EndOfAsync(created.Id);
        Assert.Null(await Silo.Job(created.Id).GetAsync(Ask.Bob));
        Assert.Null(await Silo.Job(created.Id).GetAsync(Ask.Eve));
        Assert.Null(await Silo.Job(created.Id, Ask.Eve).GetAsync(Ask.Eve));
        Assert.Null(await Silo.Job(created.Id).CancelAsync(Ask.Bob, null));
        Assert.NotNull(await Silo.Job(created.Id).GetAsync(Ask.Ann));
    }

    [Fact]
    public async Task A_tool_that_fails_completes_its_job_with_an_error_result()
    {
        var done = await Silo.RunAsync(Ask.Tool("tool_error"));
        Assert.Equal(JobStatus.Completed, done.Status);
        Assert.True(Ask.IsError(done.Result));
        Assert.Equal("An error occurred invoking 'tool_error': the disk is full", Ask.Text(done.Result));
    }

    [Fact]
    public async Task A_defect_of_a_tool_tells_the_client_nothing()
    {
        var done = await Silo.RunAsync(Ask.Tool("defect"));
        Assert.True(Ask.IsError(done.Result));
        Assert.Equal("An error occurred invoking 'defect'.", Ask.Text(done.Result));
    }

    [Fact]
    public async Task A_protocol_error_fails_the_job_with_its_code_and_data()
    {
        var done = await Silo.RunAsync(Ask.Tool("protocol_error"));
        Assert.Equal(JobStatus.Failed, done.Status);
        Assert.Null(done.Result);
        Assert.Equal((-32050, "not today"), (done.Error!.Code, done.Error.Message));
        Assert.Equal(5, JsonElement.Parse(done.Error.Data).GetProperty("retryAfterMs").GetInt32());
        Assert.Equal("not today", done.StatusMessage);
    }

    [Fact]
    public async Task A_job_that_runs_past_its_time_limit_fails()
    {
        var done = await Silo.RunAsync(Ask.Tool("hasty", new { gate = "never" }));
        Assert.Equal(JobStatus.Failed, done.Status);
        Assert.Equal((-32603, "'hasty' was stopped after its time limit of 1 s."), (done.Error!.Code, done.Error.Message));
    }

    [Fact]
    public async Task Progress_is_seen_while_the_job_runs_and_kept_when_it_ended()
    {
        var created = await Silo.CreateAsync(Ask.Tool("talkative", new { times = 5000, gate = "run-3" }));
        var seen = await Silo.UntilAsync(created.Id, job => job.Progress?.Progress == 5000);
        Assert.Equal(JobStatus.Running, seen.Status);
        Gates.Open("run-3");
        var done = await Silo.EndOfAsync(created.Id);
        Assert.Equal((5000d, 5000d), (done.Progress!.Progress, done.Progress.Total));
    }

    [Fact]
    public async Task A_wrong_argument_is_an_error_result_that_names_it()
    {
        var done = await Silo.RunAsync(Ask.Tool("sized", new { resultBytes = "many", checkpointBytes = 1 }));
        Assert.True(Ask.IsError(done.Result));
        Assert.Contains("'resultBytes'", Ask.Text(done.Result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_at_the_limit_passes_and_one_past_it_fails()
    {
        var empty = (await Silo.RunAsync(Ask.Tool("sized", new { resultBytes = 0, checkpointBytes = 0 }))).Result!.Length;
        var limit = SiloFixture.MaxResultBytes - empty;
        Assert.Equal(JobStatus.Completed, (await Silo.RunAsync(Ask.Tool("sized", new { resultBytes = limit, checkpointBytes = 0 }))).Status);
        var over = await Silo.RunAsync(Ask.Tool("sized", new { resultBytes = limit + 1, checkpointBytes = 0 }));
        Assert.Equal(JobStatus.Failed, over.Status);
        Assert.Contains("over the limit", over.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_at_the_limit_passes_and_one_past_it_is_refused_to_the_tool()
    {
        var limit = SiloFixture.MaxCheckpointBytes - 2;
        Assert.False(Ask.IsError((await Silo.RunAsync(Ask.Tool("sized", new { resultBytes = 1, checkpointBytes = limit }))).Result));
        Assert.True(Ask.IsError((await Silo.RunAsync(Ask.Tool("sized", new { resultBytes = 1, checkpointBytes = limit + 1 }))).Result));
    }

    [Fact]
    public async Task Params_past_the_limit_are_refused()
    {
        var call = Ask.Tool("noop", new { filler = "" });
        var room = SiloFixture.MaxParamsBytes - call.Params.Length;
        Assert.Equal(JobStatus.Completed, (await Silo.RunAsync(Ask.Tool("noop", new { filler = new string('x', room) }))).Status);
        var refused = await Assert.ThrowsAsync<JobRefusedException>(
            () => Silo.CreateAsync(Ask.Tool("noop", new { filler = new string('x', room + 1) })));
        Assert.Equal(-32602, refused.Error.Code);
    }

    [Fact]
    public async Task A_record_is_kept_as_long_as_asked_within_the_limit()
    {
        var asked = await Silo.CreateAsync(Ask.Tool("noop"), ttlMs: 60_000);
        Assert.Equal(60_000, asked.TtlMs);
        var capped = await Silo.CreateAsync(Ask.Tool("noop"), ttlMs: long.MaxValue);
        Assert.Equal((long)SiloFixture.MaxTtl.TotalMilliseconds, capped.TtlMs);
    }

    [Fact]
    public async Task A_record_that_has_expired_is_discarded_once_the_job_ended_and_not_before()
    {
        var job = await Silo.CreateAsync(Ask.Tool("gated", new { gate = "ttl-1" }), ttlMs: 0);
        var queries = Silo.Host.Services.GetRequiredService<JobQueries>();
        Assert.True(await IsStoredAsync(queries, job.Id));
        Gates.Open("ttl-1");
        Assert.Equal(JobStatus.Completed, (await Silo.EndOfAsync(job.Id)).Status);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await IsStoredAsync(queries, job.Id))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token);
        }
    }

    private static async Task<bool> IsStoredAsync(JobQueries queries, string job) =>
        (await queries.ListAsync(Ask.Ann, new JobFilter { Tool = "gated" }, null, 100)).Jobs.Any(j => j.Id == job);

    [Fact]
    public async Task A_thousand_watchers_see_a_job_through_to_its_end()
    {
        var created = await Silo.CreateAsync(Ask.Tool("talkative", new { times = 100, gate = "run-4" }));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var firsts = new CountdownEvent(1000);
        var watchers = Enumerable.Range(0, 1000).Select(async _ =>
        {
            JobSnapshot? last = null;
            await foreach (var job in Silo.Job(created.Id).WatchAsync(Ask.Ann, deadline.Token))
            {
                if (last is null)
                {
                    firsts.Signal();
                }

                Assert.True(last is null || job.Revision > last.Revision);
                last = job;
            }

            return last;
        }).ToList();
        await Task.Run(() => firsts.Wait(deadline.Token), deadline.Token);
        Gates.Open("run-4");
        Assert.All(await Task.WhenAll(watchers), last => Assert.Equal(JobStatus.Completed, last!.Status));
    }
}
