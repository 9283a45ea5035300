using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Silo.Attempts;
using Actors.Silo.Tests.Pack;
using Actors.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Tests;

/// <summary>Writes whose outcome was not known at first. One slot, so that a lost one is noticed.</summary>
public sealed class JobDoubtTests(Testing.PostgresFixture postgres) : IClassFixture<Testing.PostgresFixture>, IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private TestSilo _silo = null!;

    private LossyStorage Storage => _silo.Host.Services.GetRequiredService<LossyStorage>();

    public async ValueTask InitializeAsync() => _silo = await TestSilo.StartAsync(postgres.ConnectionString, builder =>
    {
        LossyStorage.Add(builder);
        builder.Services.Configure<AttemptOptions>(o => o.MaxRunningAttempts = 1);
        builder.Services.Configure<JobLimits>(o => o.ProgressWriteInterval = TimeSpan.FromMilliseconds(100));
    });

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task A_queued_job_whose_start_could_not_be_stored_starts_later()
    {
        await _silo.CreateAsync(Ask.Tool("gated", new { gate = "doubt-1" }));
        await Gates.ArrivedAsync("doubt-1");
        var queued = await _silo.CreateAsync(Ask.Tool("noop"));
        Assert.Equal(JobStatus.Queued, queued.Status);
        Storage.LoseWrite(row => row.Id == queued.Id && row.Status is JobStatus.Running);
        Gates.Open("doubt-1");
        Assert.Equal((JobStatus.Completed, 1), Short(await _silo.EndOfAsync(queued.Id)));
    }

    [Fact]
    public async Task A_job_that_is_asked_for_while_it_is_created_keeps_its_attempt()
    {
        var key = _silo.NewJob();
        var held = new TaskCompletionSource();
        Storage.Held = held.Task;
        var creating = _silo.CreateAsync(Ask.Tool("gated", new { gate = "doubt-4" }), key);
        Assert.Null(await _silo.Job(key.Id).GetAsync(Ask.Ann));
        held.SetResult();
        await creating;
        await Gates.ArrivedAsync("doubt-4");
        Assert.Equal((JobStatus.Running, 1), Short((await _silo.Job(key.Id).GetAsync(Ask.Ann))!));
        Gates.Open("doubt-4");
        Assert.Equal((JobStatus.Completed, 1), Short(await _silo.EndOfAsync(key.Id)));
    }

    [Fact]
    public async Task A_job_that_is_stored_is_known_before_its_creator_has_heard_so()
    {
        var key = _silo.NewJob();
        var held = new TaskCompletionSource();
        Storage.HeldAnswer = held.Task;
        var creating = _silo.CreateAsync(Ask.Tool("gated", new { gate = "doubt-6" }), key);

        // The activation has nothing in memory yet; another silo may have made the job for the same key, and its handle is out.
        await Eventually.HoldsAsync("the job is known", async () => await _silo.Job(key.Id).GetAsync(Ask.Ann) is { Status: JobStatus.Running });
        Assert.Null(await _silo.Job(key.Id).GetAsync(Ask.Bob));
        held.SetResult();
        await creating;
        Gates.Open("doubt-6");
        Assert.Equal((JobStatus.Completed, 1), Short(await _silo.EndOfAsync(key.Id)));
    }

    [Theory]
    [InlineData("unrepeatable")]
    [InlineData("one_attempt")]
    public async Task A_create_whose_answer_was_lost_is_repeated_as_the_same_job_and_counts_as_no_execution(string tool)
    {
        var key = _silo.NewJob();
        Gates.Open($"doubt-5-{tool}");
        Storage.LoseAnswer(row => row.Id == key.Id && row.Status is JobStatus.Running);
        var call = Ask.Tool(tool, new { gate = $"doubt-5-{tool}" });
        await Assert.ThrowsAsync<StorageUnavailableException>(() => _silo.CreateAsync(call, key));

        JobSnapshot? again = null;
        while (again is null)
        {
            try
            {
                again = await _silo.CreateAsync(call, key);
            }
            catch (StorageUnavailableException)
            {
                // The next try finds what was stored.
            }
        }

        Assert.Equal(key.Id, again.Id);
        Assert.Equal($"passed doubt-5-{tool}", Ask.Text((await _silo.EndOfAsync(key.Id)).Result));
    }

    [Fact]
    public async Task An_answer_that_was_stored_after_all_reaches_the_tool()
    {
        var job = await _silo.CreateAsync(Ask.Tool("ask_one"));
        await _silo.UntilAsync(job.Id, j => j.Status is JobStatus.InputRequired);
        Storage.LoseAnswer(row => row.Id == job.Id);
        await Assert.ThrowsAsync<StorageUnavailableException>(
            () => _silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]));
        Assert.Equal("Hello, Ann!", Ask.Text((await _silo.EndOfAsync(job.Id)).Result));
    }

    [Fact]
    public async Task A_cancellation_that_was_stored_after_all_reaches_the_tool()
    {
        var job = await RunningAsync("gated", "doubt-2");
        Storage.LoseAnswer(row => row.Id == job.Id && row.Cancel is CancelState.Requested);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => _silo.Job(job.Id).CancelAsync(Ask.Ann, null));
        var done = await _silo.EndOfAsync(job.Id);
        Assert.Equal((JobStatus.Cancelled, CancelState.Stopped), (done.Status, done.Cancel));
    }

    [Fact]
    public async Task A_cancellation_of_a_waiting_job_that_was_stored_after_all_ends_its_attempt()
    {
        var job = await _silo.CreateAsync(Ask.Tool("ask_one"));
        await _silo.UntilAsync(job.Id, j => j.Status is JobStatus.InputRequired);
        Storage.LoseAnswer(row => row.Id == job.Id);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => _silo.Job(job.Id).CancelAsync(Ask.Ann, null));
        Assert.Equal(CancelState.Stopped, (await _silo.EndOfAsync(job.Id)).Cancel);
        await _silo.Host.Services.GetRequiredService<AttemptRunner>().WhenEndedAsync().WaitAsync(Deadline);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tool_is_fenced_off_even_where_the_first_try_could_not_be_stored(bool stored)
    {
        var gate = $"doubt-3-{stored}";
        var job = await RunningAsync("stubborn", gate);
        if (stored)
        {
            Storage.LoseAnswer(row => row.Id == job.Id && row.Cancel is CancelState.Ignored);
        }
        else
        {
            Storage.LoseWrite(row => row.Id == job.Id && row.Cancel is CancelState.Ignored);
        }

        await _silo.Job(job.Id).CancelAsync(Ask.Ann, null);
        var done = await _silo.EndOfAsync(job.Id);
        Assert.Equal((JobStatus.Cancelled, CancelState.Ignored), (done.Status, done.Cancel));
        Assert.Equal(JobStatus.Completed, (await _silo.RunAsync(Ask.Tool("noop"))).Status);
    }

    [Fact]
    public async Task A_result_whose_storing_was_in_doubt_is_kept_and_the_tool_runs_once()
    {
        foreach (var lose in (Action<Func<Storage.Jobs.JobRow, bool>>[])[Storage.LoseAnswer, Storage.LoseWrite])
        {
            lose(row => row.Status is JobStatus.Completed);
            Assert.Equal((JobStatus.Completed, 1), Short(await _silo.RunAsync(Ask.Tool("noop"))));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_question_whose_storing_was_in_doubt_is_asked_once(bool stored)
    {
        if (stored)
        {
            Storage.LoseAnswer(row => row.Status is JobStatus.InputRequired);
        }
        else
        {
            Storage.LoseWrite(row => row.Status is JobStatus.InputRequired);
        }

        var job = await _silo.CreateAsync(Ask.Tool("ask_two"));
        var asking = await _silo.UntilAsync(job.Id, j => j.InputRequests.Length == 2);
        Assert.Equal(["input-1", "input-2"], asking.InputRequests.Select(q => q.Key));
        var fields = asking.InputRequests.Select(q => System.Text.Encoding.UTF8.GetString(q.Params!).Contains("name?", StringComparison.Ordinal) ? "name" : "city").ToArray();
        await _silo.Job(job.Id).AnswerAsync(
            Ask.Ann, [Ask.Accept("input-1", fields[0], fields[0]), Ask.Accept("input-2", fields[1], fields[1])]);
        Assert.Equal("name of city", Ask.Text((await _silo.EndOfAsync(job.Id)).Result));
    }

    private static (JobStatus Status, int Attempt) Short(JobSnapshot job) => (job.Status, job.Attempt);

    private async Task<JobSnapshot> RunningAsync(string tool, string gate)
    {
        var job = await _silo.CreateAsync(Ask.Tool(tool, new { gate }));
        await Gates.ArrivedAsync(gate);
        return job;
    }
}
