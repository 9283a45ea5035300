using System.Text;
using System.Text.Json;
using Actors.Jobs;
using Actors.Tenants;
using Actors.Tools;

namespace Actors.Silo.Tests;

public sealed class InlineCallTests(SiloFixture fixture) : IClassFixture<SiloFixture>
{
    private TestSilo Silo => fixture.Silo;

    [Fact]
    public async Task A_short_tool_is_constructed_with_its_services_and_knows_its_tenant()
    {
        var outcome = await Silo.CallAsync(Ask.Tool("greet", new { name = "Ann" }));
        Assert.Equal("Hello, Ann! (acme, job none)", Ask.Text(outcome.Result));
        Assert.Equal("complete", JsonElement.Parse(outcome.Result).GetProperty("resultType").GetString());
    }

    [Theory]
    [InlineData("""{"count":"many","colour":"Red","at":{"x":1,"y":2}}""", "'count'")]
    [InlineData("""{"count":null,"colour":"Red","at":{"x":1,"y":2}}""", "'count'")]
    [InlineData("""{"count":1,"colour":"Blue","at":{"x":1,"y":2}}""", "'colour'")]
    [InlineData("""{"count":1,"colour":"Red","at":{"x":"far","y":2}}""", "'at.x'")]
    [InlineData("""{"count":1,"colour":"Red","at":7}""", "'at'")]
    [InlineData("""{"count":1,"colour":"Red"}""", "'at' is required")]
    [InlineData("{}", "'count' is required")]
    public async Task A_wrong_argument_is_an_error_result_that_names_it(string arguments, string named)
    {
        var outcome = await Silo.CallAsync(Ask.Tool("typed", JsonElement.Parse(arguments)));
        Assert.True(Ask.IsError(outcome.Result));
        Assert.Contains(named, Ask.Text(outcome.Result), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Ask.Text(outcome.Result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Right_arguments_arrive_and_defaults_fill_in() =>
        Assert.Equal("3 Green 1 False", Ask.Text((await Silo.CallAsync(
            Ask.Tool("typed", new { count = 3, colour = "Green", at = new { x = 1, y = 2 } }))).Result));

    [Fact]
    public async Task Params_that_are_no_tool_call_are_a_protocol_error()
    {
        var outcome = await Silo.CallAsync(Ask.Tool("greet") with { Params = """{"name":"greet","arguments":[1]}"""u8.ToArray() });
        Assert.Equal(-32602, outcome.Error!.Code);
    }

    [Fact]
    public async Task A_defect_of_a_tool_tells_the_client_nothing() =>
        Assert.Equal("An error occurred invoking 'inline_defect'.", Ask.Text((await Silo.CallAsync(Ask.Tool("inline_defect"))).Result));

    [Fact]
    public async Task A_short_tool_that_takes_too_long_is_told_to_become_a_job()
    {
        var outcome = await Silo.CallAsync(Ask.Tool("never_ends"));
        Assert.True(Ask.IsError(outcome.Result));
        Assert.Contains("[Job]", Ask.Text(outcome.Result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_tool_that_is_called_inline_becomes_a_job() =>
        Assert.Equal(PrimitiveOutcomeKind.BecomesJob, (await Silo.CallAsync(Ask.Tool("noop"))).Kind);

    [Fact]
    public async Task Unknown_names_are_invalid_params()
    {
        Assert.Equal(-32602, (await Silo.CallAsync(Ask.Tool("nothing"))).Error!.Code);
        Assert.Equal(-32602, (await Silo.CallAsync(Ask.Prompt("nothing", new { }))).Error!.Code);
        var missing = (await Silo.CallAsync(Ask.Resource("test://nothing"))).Error!;
        Assert.Equal(-32602, missing.Code);
        Assert.Equal("""{"uri":"test://nothing"}""", Encoding.UTF8.GetString(missing.Data!));
        Assert.Equal(-32002, (await Silo.CallAsync(Ask.Resource("test://nothing") with { ProtocolVersion = "2025-11-25" })).Error!.Code);
    }

    [Fact]
    public async Task A_tool_that_asks_is_played_again_with_the_answers_it_has()
    {
        var first = await Silo.CallAsync(Ask.Tool("ask_inline"));
        Assert.Equal("input-1", Assert.Single(first.InputRequests).Key);
        var second = await Silo.CallAsync(Ask.Tool("ask_inline") with { Exchanges = Answered(first, ("input-1", "name", "Ann")) });
        Assert.Equal("input-2", Assert.Single(second.InputRequests).Key);
        Assert.Equal(2, second.Exchanges.Length);
        var third = await Silo.CallAsync(Ask.Tool("ask_inline") with { Exchanges = Answered(second, ("input-2", "city", "Rome")) });
        Assert.Equal("Ann of Rome", Ask.Text(third.Result));
    }

    [Fact]
    public async Task Questions_asked_together_come_in_one_round()
    {
        var first = await Silo.CallAsync(Ask.Tool("ask_inline_two"));
        Assert.Equal(["input-1", "input-2"], first.InputRequests.Select(q => q.Key));
        var second = await Silo.CallAsync(Ask.Tool("ask_inline_two") with
        {
            Exchanges = Answered(first, ("input-1", "name", "Ann"), ("input-2", "city", "Rome")),
        });
        Assert.Equal("Ann of Rome", Ask.Text(second.Result));
    }

    [Fact]
    public async Task A_tool_that_swallows_every_exception_is_asked_for_all_the_same()
    {
        var first = await Silo.CallAsync(Ask.Tool("catches_all"));
        Assert.Equal(PrimitiveOutcomeKind.InputRequired, first.Kind);
        var second = await Silo.CallAsync(Ask.Tool("catches_all") with { Exchanges = Answered(first, ("input-1", "name", "Ann")) });
        Assert.Equal("Ann", Ask.Text(second.Result));
    }

    [Fact]
    public async Task A_malformed_answer_is_asked_for_again()
    {
        var first = await Silo.CallAsync(Ask.Tool("ask_inline"));
        var malformed = first.Exchanges.SetItem(0, first.Exchanges[0] with { Answer = "12345"u8.ToArray() });
        var second = await Silo.CallAsync(Ask.Tool("ask_inline") with { Exchanges = malformed });
        Assert.Equal("input-1", Assert.Single(second.InputRequests).Key);
    }

    [Fact]
    public async Task A_tool_of_its_own_rounds_gets_its_state_and_answers_back()
    {
        var first = await Silo.CallAsync(Ask.Tool("own_rounds"));
        Assert.Equal(("name", "first"), (Assert.Single(first.InputRequests).Key, first.RequestState));
        var second = await Silo.CallAsync(Ask.Tool("own_rounds") with
        {
            RequestState = "first",
            InputResponses = [Ask.Accept("name", "name", "Ann")],
        });
        Assert.Equal("second:Ann", second.RequestState);
        var third = await Silo.CallAsync(Ask.Tool("own_rounds") with
        {
            RequestState = "second:Ann",
            InputResponses = [Ask.Accept("name", "name", "Bob")],
        });
        Assert.Equal("second:Ann+Bob", Ask.Text(third.Result));
    }

    [Theory]
    [InlineData("elicitation", """{"requiredCapabilities":{"elicitation":{"form":{}}}}""")]
    [InlineData("sampling", """{"requiredCapabilities":{"sampling":{}}}""")]
    [InlineData("roots", """{"requiredCapabilities":{"roots":{}}}""")]
    public async Task A_client_that_cannot_be_asked_is_told_what_it_must_declare(string what, string data)
    {
        var outcome = await Silo.CallAsync(Ask.Tool("needs", new { what }, capabilities: "{}"));
        Assert.Equal(-32021, outcome.Error!.Code);
        Assert.Equal(data, Encoding.UTF8.GetString(outcome.Error.Data!));
        Assert.Equal(PrimitiveOutcomeKind.InputRequired, (await Silo.CallAsync(Ask.Tool("needs", new { what }))).Kind);
    }

    [Fact]
    public async Task A_tool_of_own_rounds_may_not_ask_what_the_client_did_not_declare() =>
        Assert.Equal(-32021, (await Silo.CallAsync(Ask.Tool("own_rounds", capabilities: "{}"))).Error!.Code);

    [Fact]
    public async Task Progress_needs_a_token_and_messages_a_level()
    {
        Assert.Empty(await NotificationsAsync(Ask.Tool("notifies")));
        var asked = Ask.Tool("notifies") with
        {
            Params = Ask.Json(new { name = "notifies", _meta = new { progressToken = "t-1" } }),
            LogLevel = "info",
        };
        var seen = await NotificationsAsync(asked);
        Assert.Equal(["notifications/progress", "notifications/message"], seen.Select(e => e.Method));
        Assert.Equal("t-1", JsonElement.Parse(seen[0].Params).GetProperty("progressToken").GetString());
        Assert.Equal("loud", JsonElement.Parse(seen[1].Params).GetProperty("data").GetString());
    }

    [Fact]
    public async Task An_announcement_reaches_the_watchers_of_its_tenant_only()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var mine = Silo.Grains.GetGrain<INotificationGrain>("acme").WatchAsync(deadline.Token).GetAsyncEnumerator(deadline.Token);
        var others = Silo.Grains.GetGrain<INotificationGrain>("evil").WatchAsync(deadline.Token).GetAsyncEnumerator(deadline.Token);
        foreach (var watch in new[] { mine, others })
        {
            Assert.True(await watch.MoveNextAsync());
            Assert.True(watch.Current.IsWatchEstablished);
        }

        var foreign = others.MoveNextAsync().AsTask();
        await Silo.CallAsync(Ask.Tool("announces"));

        Assert.True(await mine.MoveNextAsync());
        Assert.Equal("notifications/tools/list_changed", mine.Current.Method);
        Assert.False(foreign.IsCompleted);
    }

    [Fact]
    public async Task Prompts_and_resources_are_served_and_arguments_completed()
    {
        var prompt = JsonElement.Parse((await Silo.CallAsync(Ask.Prompt("review", new { style = "short" }))).Result);
        Assert.Equal("Review this, short.", prompt.GetProperty("messages")[0].GetProperty("content").GetProperty("text").GetString());
        Assert.Equal(-32602, (await Silo.CallAsync(Ask.Prompt("review", new { }))).Error!.Code);

        var motd = JsonElement.Parse((await Silo.CallAsync(Ask.Resource("test://motd"))).Result);
        Assert.Equal("Be kind.", motd.GetProperty("contents")[0].GetProperty("text").GetString());
        Assert.Equal((0, "private"), (motd.GetProperty("ttlMs").GetInt32(), motd.GetProperty("cacheScope").GetString()));
        var page = JsonElement.Parse((await Silo.CallAsync(Ask.Resource("test://page/7"))).Result);
        Assert.Equal("Page 7.", page.GetProperty("contents")[0].GetProperty("text").GetString());

        var completion = JsonElement.Parse((await Silo.CallAsync(Ask.Tool("review") with
        {
            Method = "completion/complete",
            Params = Ask.Json(new
            {
                @ref = new { type = "ref/prompt", name = "review" },
                argument = new { name = "style", value = "s" },
            }),
        })).Result).GetProperty("completion");
        Assert.Equal(["short", "strict"], completion.GetProperty("values").EnumerateArray().Select(v => v.GetString()));
    }

    private static System.Collections.Immutable.ImmutableArray<InputExchange> Answered(
        PrimitiveOutcome round, params (string Key, string Field, string Value)[] answers) =>
        [.. round.Exchanges.Select(e => answers.FirstOrDefault(a => a.Key == e.Request.Key) is { Key: not null } a
            ? e with { Answer = Ask.Accept(a.Key, a.Field, a.Value).Result }
            : e)];

    private async Task<List<PrimitiveEvent>> NotificationsAsync(PrimitiveCall call)
    {
        var all = await Silo.Grains.GetGrain<IPrimitiveGrain>("any")
            .InvokeStreamingAsync(call, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(all[^1].Outcome);
        return all[..^1];
    }
}
