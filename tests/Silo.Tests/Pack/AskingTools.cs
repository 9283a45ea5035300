using System.ComponentModel;
using Actors.Jobs;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.Silo.Tests.Pack;

/// <summary>Tools that ask their client.</summary>
[McpServerToolType]
public static class AskingTools
{
    [McpServerTool(Name = "ask_one"), Job, Description("Asks for a name.")]
    public static async Task<string> AskOne(McpServer server, CancellationToken cancellationToken) =>
        $"Hello, {await AskAsync(server, "name", cancellationToken)}!";

    [McpServerTool(Name = "ask_unrepeatable"), Job(AfterCrash = AfterCrash.Fail), Description("Asks in the middle of what must not run twice.")]
    public static Task<string> AskUnrepeatable(McpServer server, CancellationToken cancellationToken) => AskOne(server, cancellationToken);

    [McpServerTool(Name = "ask_once_only"), Job(MaxAttempts = 1), Description("Asks in the only attempt that it has.")]
    public static Task<string> AskOnceOnly(McpServer server, CancellationToken cancellationToken) => AskOne(server, cancellationToken);

    [McpServerTool(Name = "ask_deaf"), Job, Description("Takes what it is told for an answer, even that it is to stop.")]
    public static Task<string> AskDeaf(McpServer server, CancellationToken cancellationToken) => CatchesAll(server, cancellationToken);

    [McpServerTool(Name = "ask_expiring"), Job(InputTimeoutSeconds = 3600), Description("Asks for an hour.")]
    public static Task<string> AskExpiring(McpServer server, CancellationToken cancellationToken) => AskOne(server, cancellationToken);

    [McpServerTool(Name = "ask_or_cancel"), Job(OnInputExpiry = OnInputExpiry.Cancel), Description("Is cancelled where nobody answers.")]
    public static Task<string> AskOrCancel(McpServer server, CancellationToken cancellationToken) => AskOne(server, cancellationToken);

    [McpServerTool(Name = "ask_or_go_on"), Job(OnInputExpiry = OnInputExpiry.Dismiss), Description("Goes on where nobody answers.")]
    public static Task<string> AskOrGoOn(McpServer server, CancellationToken cancellationToken) => AskOne(server, cancellationToken);

    [McpServerTool(Name = "sample_or_go_on"), Job(OnInputExpiry = OnInputExpiry.Dismiss), Description("Asks the client's model.")]
    public static Task<string> SampleOrGoOn(McpServer server, CancellationToken cancellationToken) => Needs("sampling", server, cancellationToken);

    [McpServerTool(Name = "ask_unrepeatable_briefly"), Job(AfterCrash = AfterCrash.Fail, InputTimeoutSeconds = 1)]
    [Description("Asks for a second, in the middle of what must not run twice.")]
    public static Task<string> AskUnrepeatableBriefly(McpServer server, CancellationToken cancellationToken) => AskOne(server, cancellationToken);

    [McpServerTool(Name = "wipe", Destructive = true), Description("Destroys, inline.")]
    public static string Wipe(string what) => $"wiped {what}";

    [McpServerTool(Name = "wipe_in_rounds", Destructive = true), Description("Destroys, inline, after a round of its own.")]
    public static string WipeInRounds(RequestContext<CallToolRequestParams> context) => NamedRounds(context);

    [McpServerTool(Name = "wipe_job", Destructive = true), Job(AfterCrash = AfterCrash.Fail), Description("Destroys, once.")]
    public static async Task<string> WipeJob(string gate, JobContext job, CancellationToken cancellationToken)
    {
        await Gates.PassAsync(gate, cancellationToken);
        return $"wiped in attempt {job.Attempt}";
    }

    [McpServerTool(Name = "wipe_unasked", Destructive = true), Job(Confirm = Confirmation.Never), Description("Destroys, and its owner answers for it.")]
    public static string WipeUnasked() => "wiped";

    [McpServerTool(Name = "harmless_but_asks"), Job(Confirm = Confirmation.Always), Description("Is confirmed always.")]
    public static string HarmlessButAsks() => "done";

    [McpServerTool(Name = "wipe_on_demand", Destructive = true), Job(Start = JobStart.OnDemand), Description("Destroys, in a job if need be.")]
    public static async Task<string> WipeOnDemand(JobContext job)
    {
        await job.StartJobAsync();
        return $"wiped in {(job.JobId is null ? "a call" : "a job")}";
    }

    [McpServerTool(Name = "asks_by_attempt"), Job, Description("Asks something else in each attempt.")]
    public static Task<string> AsksByAttempt(McpServer server, JobContext job, CancellationToken cancellationToken) =>
        AskAsync(server, $"question {job.Attempt}", cancellationToken);

    [McpServerTool(Name = "ask_two"), Job, Description("Asks two things at once.")]
    public static async Task<string> AskTwo(McpServer server, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(AskAsync(server, "name", cancellationToken), AskAsync(server, "city", cancellationToken));
        return $"{answers[0]} of {answers[1]}";
    }

    [McpServerTool(Name = "ask_many"), Job, Description("Asks as often as it is told, all at once.")]
    public static async Task<string> AskMany(int times, int bytes, McpServer server, CancellationToken cancellationToken)
    {
        var what = new string('x', bytes);
        await Task.WhenAll(Enumerable.Range(0, times).Select(i => AskAsync(server, $"{what}{i}", cancellationToken)));
        return "asked";
    }

    [McpServerTool(Name = "ask_then_wait"), Job, Description("Asks, waits at a gate of its attempt, asks again.")]
    public static async Task<string> AskThenWait(
        string gate, McpServer server, JobContext job, CancellationToken cancellationToken)
    {
        var name = await AskAsync(server, "name", cancellationToken);
        await Gates.PassAsync($"{gate}/{job.Attempt}", cancellationToken);
        var city = await AskAsync(server, "city", cancellationToken);
        return $"{name} of {city}, attempt {job.Attempt}";
    }

    [McpServerTool(Name = "ask_and_leave"), Job, Description("Asks, and ends at a gate without waiting for the answer.")]
    public static async Task<string> AskAndLeave(string gate, McpServer server)
    {
        _ = AskAsync(server, "name", CancellationToken.None);
        await Gates.PassAsync(gate);
        return "left";
    }

    [McpServerTool(Name = "named_rounds"), Job, Description("Conducts two rounds of its own.")]
    public static string NamedRounds(RequestContext<CallToolRequestParams> context)
    {
        if (context.Params.RequestState is null)
        {
            throw Round("first");
        }

        var name = Text(context.Params.InputResponses!["name"].Deserialize(ModelContextProtocol.Protocol.InputResponse.ElicitResultJsonTypeInfo)!);
        return context.Params.RequestState == "first" ? throw Round("second:" + name) : $"{context.Params.RequestState}+{name}";
    }

    [McpServerTool(Name = "endless_rounds"), Job, Description("Wants another round, always.")]
    public static string EndlessRounds() => throw new InputRequiredException(inputRequests: null, requestState: "again");

    [McpServerTool(Name = "own_rounds"), Description("Conducts a round of its own, inline.")]
    public static string OwnRounds(RequestContext<CallToolRequestParams> context) => NamedRounds(context);

    [McpServerTool(Name = "ask_inline"), Description("Asks two things, one after the other, inline.")]
    public static async Task<string> AskInline(McpServer server, CancellationToken cancellationToken) =>
        $"{await AskAsync(server, "name", cancellationToken)} of {await AskAsync(server, "city", cancellationToken)}";

    [McpServerTool(Name = "ask_inline_two"), Description("Asks two things at once, inline.")]
    public static Task<string> AskInlineTwo(McpServer server, CancellationToken cancellationToken) =>
        AskTwo(server, cancellationToken);

    [McpServerTool(Name = "catches_all"), Description("Swallows whatever its questions throw.")]
    public static async Task<string> CatchesAll(McpServer server, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(server, "name", cancellationToken);
        }
        catch (Exception)
        {
            return "nobody answered";
        }
    }

    [McpServerTool(Name = "needs"), Description("Asks by sampling, roots or elicitation.")]
    public static async Task<string> Needs(string what, McpServer server, CancellationToken cancellationToken)
    {
        switch (what)
        {
            case "sampling":
                await server.SampleAsync(new CreateMessageRequestParams { Messages = [], MaxTokens = 1 }, cancellationToken);
                break;
            case "roots":
                await server.RequestRootsAsync(new ListRootsRequestParams(), cancellationToken);
                break;
            default:
                await AskAsync(server, "name", cancellationToken);
                break;
        }

        return "asked";
    }

    [McpServerTool(Name = "on_demand"), Job(Start = JobStart.OnDemand), Description("Asks, and goes on as a job.")]
    public static async Task<string> OnDemand(
        string gate, McpServer server, JobContext job, CancellationToken cancellationToken)
    {
        var name = await AskAsync(server, "name", cancellationToken);
        if (name == "nobody")
        {
            return "no job for nobody";
        }

        await job.StartJobAsync();
        await Gates.PassAsync(gate, cancellationToken);
        return $"{name} in {(job.JobId is null ? "a call" : "a job")}, attempt {job.Attempt}";
    }

    private static async Task<string> AskAsync(McpServer server, string what, CancellationToken cancellationToken)
    {
        var answer = await server.ElicitAsync(
            new ElicitRequestParams
            {
                Message = $"Your {what}?",
                RequestedSchema = new() { Properties = { [what] = new ElicitRequestParams.StringSchema() } },
            },
            cancellationToken);
        return answer.IsAccepted ? answer.Content![what].GetString()! : answer.Action;
    }

    private static InputRequiredException Round(string state) => new(
        new Dictionary<string, ModelContextProtocol.Protocol.InputRequest>
        {
            ["name"] = ModelContextProtocol.Protocol.InputRequest.ForElicitation(new ElicitRequestParams { Message = $"Your name, {state}?", RequestedSchema = new() }),
        },
        state);

    private static string Text(ElicitResult answer) => answer.Content!["name"].GetString()!;
}
