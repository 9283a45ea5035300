using System.Text;
using System.Text.Json;
using Actors.Jobs;
using Actors.Silo.Attempts;
using Actors.Silo.Confirmations;
using Actors.Silo.Tests.Pack;
using Actors.Testing;
using Actors.Tools;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Actors.Silo.Tests;

/// <summary>A person is asked before a destructive tool's first line runs.</summary>
public sealed class ConfirmationTests(PostgresServer server)
{
    private const string Key = "actors-confirmation";

    [Fact]
    public async Task A_destructive_short_tool_asks_in_a_round_and_runs_once_it_is_accepted()
    {
        await using var silo = await StartAsync();
        var asked = await silo.CallAsync(Ask.Tool("wipe", new { what = "the disk" }));
        var question = Assert.Single(asked.InputRequests);
        Assert.Equal((Key, "elicitation/create"), (question.Key, question.Method));
        var message = JsonElement.Parse(question.Params!).GetProperty("message").GetString();
        Assert.StartsWith("Run 'wipe'? It may destroy something.", message, StringComparison.Ordinal);
        Assert.Contains("the disk", message, StringComparison.Ordinal);

        var done = await silo.CallAsync(Answered(Ask.Tool("wipe", new { what = "the disk" }), asked, "accept"));
        Assert.Equal("wiped the disk", Ask.Text(done.Result));
    }

    [Theory]
    [InlineData("decline")]
    [InlineData("cancel")]
    public async Task A_tool_that_is_not_confirmed_does_not_run_and_says_so(string action)
    {
        await using var silo = await StartAsync();
        var asked = await silo.CallAsync(Ask.Tool("wipe", new { what = "it" }));
        var done = await silo.CallAsync(Answered(Ask.Tool("wipe", new { what = "it" }), asked, action));
        Assert.True(Ask.IsError(done.Result));
        Assert.StartsWith("'wipe' did not run: the person", Ask.Text(done.Result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_cannot_be_asked_is_told_how_to_proceed()
    {
        await using var silo = await StartAsync();
        var done = await silo.CallAsync(Ask.Tool("wipe", new { what = "it" }, capabilities: "{}"));
        Assert.True(Ask.IsError(done.Result));
        Assert.Contains("this client cannot be asked", Ask.Text(done.Result), StringComparison.Ordinal);
        var job = await silo.RunAsync(Ask.Tool("wipe_job", new { gate = "unasked-gate" }, capabilities: "{}"));
        Assert.True(Ask.IsError(job.Result));
        Assert.False(Gates.HasArrived("unasked-gate"));
    }

    [Fact]
    public async Task A_tool_of_its_own_rounds_is_confirmed_once()
    {
        await using var silo = await StartAsync();
        var call = Ask.Tool("wipe_in_rounds");
        var confirmed = Answered(call, await silo.CallAsync(call), "accept");
        var first = await silo.CallAsync(confirmed);
        Assert.Equal("name", Assert.Single(first.InputRequests).Key);
        var second = await silo.CallAsync(confirmed with
        {
            Exchanges = first.Exchanges, RequestState = first.RequestState, InputResponses = [Ask.Accept("name", "name", "Ann")],
        });
        Assert.Equal("name", Assert.Single(second.InputRequests).Key);
        Assert.Equal("second:Ann", second.RequestState);
    }

    [Fact]
    public async Task A_destructive_job_waits_parked_for_its_confirmation_even_where_it_must_not_run_twice()
    {
        await using var silo = await StartAsync(TimeSpan.FromMilliseconds(50));
        var job = await silo.CreateAsync(Ask.Tool("wipe_job", new { gate = "confirm-1" }));
        var parked = await silo.UntilAsync(job.Id, j => j is { Status: JobStatus.InputRequired, Silo: null });
        Assert.Equal(Key, Assert.Single(parked.InputRequests).Key);
        Assert.False(Gates.HasArrived("confirm-1"));

        await silo.Job(job.Id).AnswerAsync(Ask.Ann, [Answer("accept")]);
        Gates.Open("confirm-1");
        Assert.Equal("wiped in attempt 2", Ask.Text((await silo.EndOfAsync(job.Id)).Result));
    }

    [Fact]
    public async Task A_job_that_is_declined_ends_without_its_tool()
    {
        await using var silo = await StartAsync();
        var job = await silo.CreateAsync(Ask.Tool("wipe_job", new { gate = "confirm-2" }));
        await silo.UntilAsync(job.Id, j => j.InputRequests.Length == 1);
        await silo.Job(job.Id).AnswerAsync(Ask.Ann, [Answer("decline")]);
        var done = await silo.EndOfAsync(job.Id);
        Assert.Equal((JobStatus.Completed, true), (done.Status, Ask.IsError(done.Result)));
        Assert.False(Gates.HasArrived("confirm-2"));
    }

    [Fact]
    public async Task A_crash_before_the_confirmation_costs_nothing_and_it_is_asked_once()
    {
        var database = await server.CreateDatabaseAsync();
        var first = await StartAsync(database: database);
        var job = await first.CreateAsync(Ask.Tool("wipe_job", new { gate = "confirm-3" }));
        await first.UntilAsync(job.Id, j => j.InputRequests.Length == 1);
        await first.CrashAsync();

        await using var second = await StartAsync(database: database);
        var asking = await second.UntilAsync(job.Id, j => j is { Attempt: 2, Status: JobStatus.InputRequired });
        Assert.Equal(Key, Assert.Single(asking.InputRequests).Key);
        await second.Job(job.Id).AnswerAsync(Ask.Ann, [Answer("accept")]);
        Gates.Open("confirm-3");
        var done = await second.EndOfAsync(job.Id);
        Assert.Equal("wiped in attempt 2", Ask.Text(done.Result));
        Assert.Single(done.Answered);
    }

    [Fact]
    public async Task A_crash_after_the_confirmation_fails_what_must_not_run_twice()
    {
        var database = await server.CreateDatabaseAsync();
        var first = await StartAsync(database: database);
        var job = await first.CreateAsync(Ask.Tool("wipe_job", new { gate = "confirm-4" }));
        await first.UntilAsync(job.Id, j => j.InputRequests.Length == 1);
        await first.Job(job.Id).AnswerAsync(Ask.Ann, [Answer("accept")]);
        await Gates.ArrivedAsync("confirm-4");
        await first.CrashAsync();

        await using var second = await StartAsync(database: database);
        Assert.Equal(JobStatus.Failed, (await second.EndOfAsync(job.Id)).Status);
    }

    [Fact]
    public async Task A_tools_owner_and_its_operator_can_turn_it_off_and_a_tool_can_ask_always()
    {
        await using (var silo = await StartAsync())
        {
            Assert.Equal("wiped", Ask.Text((await silo.RunAsync(Ask.Tool("wipe_unasked"))).Result));
            var always = await silo.CreateAsync(Ask.Tool("harmless_but_asks"));
            await silo.UntilAsync(always.Id, j => j.InputRequests is [{ Key: Key }]);
            await silo.Job(always.Id).AnswerAsync(Ask.Ann, [Answer("accept")]);
            Assert.Equal("done", Ask.Text((await silo.EndOfAsync(always.Id)).Result));
        }

        await using (var off = await StartAsync(tools: o => o.ConfirmDestructive = false))
            Assert.Equal("wiped it", Ask.Text((await off.CallAsync(Ask.Tool("wipe", new { what = "it" }))).Result));
        await using (var tool = await StartAsync(tools: o => o.Unconfirmed.Add("wipe")))
            Assert.Equal("wiped it", Ask.Text((await tool.CallAsync(Ask.Tool("wipe", new { what = "it" }))).Result));
        await using (var pack = await StartAsync(tools: o => o.Unconfirmed.Add(typeof(TestPack).Assembly.GetName().Name!)))
            Assert.Equal("wiped it", Ask.Text((await pack.CallAsync(Ask.Tool("wipe", new { what = "it" }))).Result));
    }

    [Fact]
    public async Task Arguments_past_the_limit_are_cut_in_the_question()
    {
        await using var silo = await StartAsync(tools: o => o.MaxConfirmationArgumentChars = 20);
        var question = Encoding.UTF8.GetString((await silo.CallAsync(Ask.Tool("wipe", new { what = new string('x', 100) }))).InputRequests[0].Params!);
        Assert.Contains("begin:", question, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 21), question, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_on_demand_tool_asks_in_its_call_or_in_its_job_where_only_that_can()
    {
        await using var silo = await StartAsync();
        var call = Ask.Tool("wipe_on_demand");
        var asked = await silo.CallAsync(call);
        Assert.Equal(Key, Assert.Single(asked.InputRequests).Key);
        var becomes = await silo.CallAsync(Answered(call, asked, "accept"));
        Assert.Equal(PrimitiveOutcomeKind.BecomesJob, becomes.Kind);
        var confirmed = await silo.RunAsync(call with { Exchanges = becomes.Exchanges });
        Assert.Equal("wiped in a job", Ask.Text(confirmed.Result));
        Assert.Equal(AnswerChannel.Call, Assert.Single(confirmed.Answered).Origin!.Through);

        var mute = Ask.Tool("wipe_on_demand", capabilities: "{}");
        Assert.Equal(PrimitiveOutcomeKind.BecomesJob, (await silo.CallAsync(mute)).Kind);
        var job = await silo.CreateAsync(mute with { AnswersThroughJobTools = true });
        await silo.UntilAsync(job.Id, j => j.InputRequests is [{ Key: Key }]);
        await silo.Job(job.Id).AnswerAsync(Ask.Ann, [Answer("accept")]);
        Assert.Equal("wiped in a job", Ask.Text((await silo.EndOfAsync(job.Id)).Result));
    }

    private static InputResponse Answer(string action) => new(Key, Ask.Json(new { action }));

    private static PrimitiveCall Answered(PrimitiveCall call, PrimitiveOutcome asked, string action) => call with
    {
        Exchanges = [.. asked.Exchanges.Select(e => e with { Answer = Answer(action).Result })],
        RequestState = asked.RequestState,
    };

    private async Task<TestSilo> StartAsync(TimeSpan? parkAfter = null, string? database = null, Action<ToolOptions>? tools = null) =>
        await TestSilo.StartAsync(database ?? await server.CreateDatabaseAsync(), builder =>
        {
            builder.Services.Configure<SiloOptions>(o => o.SiloName = "silo");
            builder.Services.Configure<AttemptOptions>(o => o.ParkAfter = parkAfter ?? TimeSpan.FromHours(1));
            builder.Services.Configure<Recovery.RecoveryOptions>(o => o.LookEvery = TimeSpan.FromMilliseconds(100));
            builder.Services.Configure<ToolOptions>(o => tools?.Invoke(o));
        });
}
