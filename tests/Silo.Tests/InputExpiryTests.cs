using Actors.Jobs;
using Actors.Silo.Attempts;
using Actors.Silo.Recovery;
using Actors.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Actors.Silo.Tests;

/// <summary>Questions that nobody answers in time. Their time is moved in the database, where it is kept.</summary>
public sealed class InputExpiryTests(PostgresServer server) : IAsyncLifetime
{
    private string _database = "";
    private TestSilo _silo = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _silo = await StartAsync(TimeSpan.FromMilliseconds(50));
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task A_question_has_the_time_that_its_tool_gives_it_or_else_the_installations()
    {
        var declared = await ParkedAsync("ask_expiring");
        var other = await ParkedAsync("ask_one");
        Assert.Equal(3600, (declared.InputExpiresAt!.Value - declared.UpdatedAt).TotalSeconds, tolerance: 5);
        Assert.Equal(30, (other.InputExpiresAt!.Value - other.UpdatedAt).TotalDays, tolerance: 0.1);
    }

    [Fact]
    public async Task A_job_whose_question_nobody_answered_fails_and_says_which_and_since_when()
    {
        var job = await ParkedAsync("ask_expiring");
        await ExpireAsync(job.Id);
        var done = await _silo.EndOfAsync(job.Id);
        Assert.Equal(JobStatus.Failed, done.Status);
        Assert.Contains("Nobody answered the question \"input-1\" (Your name?) in time; it was open since 2", done.Error!.Message, StringComparison.Ordinal);
        Assert.Null(done.InputExpiresAt);
        var late = await _silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
        Assert.Equal(["input-1"], late!.Ignored);
    }

    [Fact]
    public async Task A_job_is_cancelled_where_its_tool_says_so()
    {
        var job = await ParkedAsync("ask_or_cancel");
        await ExpireAsync(job.Id);
        var done = await _silo.EndOfAsync(job.Id);
        Assert.Equal((JobStatus.Cancelled, CancelState.Stopped), (done.Status, done.Cancel));
        Assert.Contains("Nobody answered", done.StatusMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_is_dismissed_by_actors_where_its_tool_says_so_and_the_tool_goes_on()
    {
        var job = await ParkedAsync("ask_or_go_on");
        await ExpireAsync(job.Id);
        var done = await _silo.EndOfAsync(job.Id);
        Assert.Equal("Hello, cancel!", Ask.Text(done.Result));
        var told = Assert.Single(done.Answered);
        Assert.Equal(("actors", AnswerChannel.Expiry), (told.Origin!.Subject, told.Origin.Through));
    }

    [Fact]
    public async Task A_question_of_another_kind_cannot_be_dismissed_and_fails_the_job()
    {
        var job = await ParkedAsync("sample_or_go_on");
        await ExpireAsync(job.Id);
        Assert.Equal(JobStatus.Failed, (await _silo.EndOfAsync(job.Id)).Status);
    }

    [Fact]
    public async Task An_attempt_that_still_waits_is_ended_too()
    {
        await using var silo = await StartAsync(TimeSpan.FromHours(1));
        var job = await silo.CreateAsync(Ask.Tool("ask_unrepeatable_briefly"));
        var done = await silo.EndOfAsync(job.Id);
        Assert.Equal(JobStatus.Failed, done.Status);
        Assert.Contains("Nobody answered", done.Error!.Message, StringComparison.Ordinal);
        await silo.Host.Services.GetRequiredService<AttemptRunner>().WhenEndedAsync();
    }

    [Fact]
    public async Task An_answer_in_time_ends_the_wait_and_what_is_asked_next_has_a_time_of_its_own()
    {
        var created = await _silo.CreateAsync(Ask.Tool("ask_two"));
        var job = await _silo.UntilAsync(created.Id, j => j is { Status: JobStatus.InputRequired, Silo: null, InputRequests.Length: 2 });
        await _silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
        var half = await _silo.Job(job.Id).GetAsync(Ask.Ann);
        Assert.Equal(30, (half!.InputExpiresAt!.Value - half.CreatedAt).TotalDays, tolerance: 0.1);
        await _silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-2", "city", "Rome")]);
        Assert.Null((await _silo.EndOfAsync(job.Id)).InputExpiresAt);
    }

    private async Task<JobSnapshot> ParkedAsync(string tool) =>
        await _silo.UntilAsync((await _silo.CreateAsync(Ask.Tool(tool))).Id, job => job is { Status: JobStatus.InputRequired, Silo: null });

    private async Task ExpireAsync(string job)
    {
        await using var source = NpgsqlDataSource.Create(_database);
        await using var command = source.CreateCommand($"UPDATE actors.jobs SET input_expires_at = now() - interval '1 second' WHERE id = '{job}'");
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    private async Task<TestSilo> StartAsync(TimeSpan parkAfter) => await TestSilo.StartAsync(
        parkAfter > TimeSpan.FromMinutes(1) ? await server.CreateDatabaseAsync() : _database,
        builder =>
        {
            builder.Services.Configure<AttemptOptions>(o => o.ParkAfter = parkAfter);
            builder.Services.Configure<WaitExpiryOptions>(o => o.SweepEvery = TimeSpan.FromMilliseconds(100));
            builder.Services.Configure<RecoveryOptions>(o => o.LookEvery = TimeSpan.FromMilliseconds(100));
        });
}
