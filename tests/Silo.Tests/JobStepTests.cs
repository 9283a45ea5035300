using Actors.Jobs;
using Actors.Silo.Tests.Pack;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Actors.Silo.Tests;

/// <summary>Pieces of work that happen once per job.</summary>
public sealed class JobStepTests(SiloFixture fixture) : IClassFixture<SiloFixture>
{
    private TestSilo Silo => fixture.Silo;

    [Fact]
    public async Task A_later_attempt_gets_the_stored_result_and_does_not_do_the_work_again()
    {
        var done = await Silo.RunAsync(Ask.Tool("orders", new { run = "steps-1", failsFirst = true }));
        Assert.Equal("attempt 2: receipt 7, paid", Ask.Text(done.Result));
        Assert.Equal([$"{done.Id}/charge"], Effects.Of("steps-1/charge"));
        Assert.Equal([$"{done.Id}/ship"], Effects.Of("steps-1/ship"));
    }

    [Fact]
    public async Task Steps_may_run_side_by_side()
    {
        var done = await Silo.RunAsync(Ask.Tool("side_by_side", new { run = "steps-2", steps = 8 }));
        Assert.Equal((JobStatus.Completed, 2, "36"), (done.Status, done.Attempt, Ask.Text(done.Result)));
        Assert.All(Enumerable.Range(1, 8), i => Assert.Single(Effects.Of($"steps-2/{i}")));
    }

    [Theory]
    [InlineData("a", "a", "The step 'a' was begun before in this execution")]
    [InlineData("a", "", "'' is no name for a step")]
    [InlineData("a b", "c", "'a b' is no name for a step")]
    public async Task A_name_that_is_malformed_or_taken_fails_the_job_and_says_so(string first, string second, string fault)
    {
        var done = await Silo.RunAsync(Ask.Tool("named_steps", new { first, second }));
        Assert.Equal((JobStatus.Failed, 1), (done.Status, done.Attempt));
        Assert.StartsWith(fault, done.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_told_apart_by_case_and_may_have_128_characters()
    {
        var done = await Silo.RunAsync(Ask.Tool("named_steps", new { first = new string('n', 128), second = new string('N', 128) }));
        Assert.Equal(JobStatus.Completed, done.Status);
        var refused = await Silo.RunAsync(Ask.Tool("named_steps", new { first = "a", second = new string('n', 129) }));
        Assert.Equal(JobStatus.Failed, refused.Status);
    }

    [Fact]
    public async Task A_step_that_changed_its_type_fails_the_job_at_once_and_names_both()
    {
        var done = await Silo.RunAsync(Ask.Tool("changed_step"));
        Assert.Equal((JobStatus.Failed, 2), (done.Status, done.Attempt));
        Assert.Contains(
            "The result of the step 'order' was stored as \"Actors.Silo.Tests.Pack.StepTools+Receipt {lines: [String], number: Int32}\" "
            + "and is asked for as \"System.String String\".",
            done.Error!.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, SiloFixture.MaxStepBytes - 2, null)]
    [InlineData(1, SiloFixture.MaxStepBytes - 1, "has 2001 bytes; the limit is 2000")]
    [InlineData(2, 1998, null)]
    [InlineData(3, 1998, "over the limit of 5000 bytes")]
    [InlineData(SiloFixture.MaxStepsPerJob, 1, null)]
    [InlineData(SiloFixture.MaxStepsPerJob + 1, 1, "over the limit of 8 steps per job")]
    public async Task A_jobs_steps_are_limited_in_size_and_number(int steps, int bytes, string? fault)
    {
        var done = await Silo.RunAsync(Ask.Tool("sized_steps", new { steps, bytes }));
        Assert.Equal(fault is null ? JobStatus.Completed : JobStatus.Failed, done.Status);
        Assert.Contains(fault ?? "", done.Error?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_a_job_a_step_just_runs()
    {
        for (var i = 0; i < 2; i++)
        {
            var outcome = await Silo.CallAsync(Ask.Tool("short_steps", new { run = "steps-3", name = "two" }));
            Assert.Equal("done", Ask.Text(outcome.Result));
        }

        var keys = Effects.Of("steps-3");
        Assert.Equal(2, keys.Distinct().Count());
        var refused = await Silo.CallAsync(Ask.Tool("short_steps", new { run = "steps-3", name = "one" }));
        Assert.Contains("begun before", refused.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_jobs_steps_go_with_its_record()
    {
        var call = Ask.Tool("orders", new { run = "steps-4", failsFirst = false });
        var kept = await Silo.RunAsync(call);
        Assert.Equal(2, await CountAsync("steps", "job_id", kept.Id));

        var brief = await Silo.CreateAsync(call, ttlMs: 0);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        // The steps go a while after the row.
        while (await CountAsync("jobs", "id", brief.Id) + await CountAsync("steps", "job_id", brief.Id) > 0)
        {
            await Task.Delay(50, deadline.Token);
        }

        Assert.Equal(2, Effects.Of("steps-4/ship").Length);
        Assert.Equal(2, await CountAsync("steps", "job_id", kept.Id));
    }

    private async Task<long> CountAsync(string table, string column, string job)
    {
        await using var count = Silo.Host.Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand($"SELECT count(*) FROM actors.{table} WHERE tenant = 'acme' AND {column} = $1");
        count.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.ParseExact(job, "N") });
        return (long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
