using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.FixturePack.Tools;

/// <summary>
/// Tools that name their own questions: they throw the SDK's <see cref="InputRequiredException"/> and read the answers from
/// the next round's params (revision 2026-07-28, multi round-trip requests).
/// </summary>
[McpServerToolType]
public static class RoundTripTools
{
    [McpServerTool(Name = "test_input_required_result_elicitation"), Description("Asks for a name, then greets.")]
    public static string Elicitation(RequestContext<CallToolRequestParams> context) =>
        Questions.Accepted(context.Params, Questions.UserName, "name") is { } name
            ? $"Hello, {name}!"
            : throw Ask((Questions.UserName, InputRequest.ForElicitation(Questions.Name())));

    [McpServerTool(Name = "test_input_required_result_sampling"), Description("Has the client's model answer.")]
    public static string Sampling(RequestContext<CallToolRequestParams> context) =>
        Questions.Answer(context.Params, "capital") is not null
            ? "The model answered."
            : throw Ask(("capital", InputRequest.ForSampling(Questions.Sampling("What is the capital of France?"))));

    [McpServerTool(Name = "test_input_required_result_list_roots"), Description("Asks for the client's roots.")]
    public static string Roots(RequestContext<CallToolRequestParams> context) =>
        Questions.Answer(context.Params, "roots") is not null
            ? "The client named its roots."
            : throw Ask(("roots", InputRequest.ForRootsList(new())));

    [McpServerTool(Name = "test_input_required_result_multiple_inputs"), Description("Asks three things at once.")]
    public static string Multiple(RequestContext<CallToolRequestParams> context)
    {
        string[] keys = [Questions.UserName, "greeting", "roots"];
        if (context.Params.RequestState == "asked" && keys.All(key => Questions.Answer(context.Params, key) is not null))
            return "All three were answered.";
        throw Ask(
            "asked",
            (keys[0], InputRequest.ForElicitation(Questions.Name())),
            (keys[1], InputRequest.ForSampling(Questions.Sampling("Write a greeting."))),
            (keys[2], InputRequest.ForRootsList(new())));
    }

    [McpServerTool(Name = "test_input_required_result_request_state"), Description("Carries a state; says state-ok.")]
    public static string State(RequestContext<CallToolRequestParams> context) =>
        context.Params.RequestState switch
        {
            null => throw Ask("asked", ("confirm", InputRequest.ForElicitation(Questions.Confirmation("Go on?")))),
            "asked" => "state-ok",
            _ => throw UnknownState(),
        };

    /// <summary>Says nothing of integrity itself: the server seals a state, and refuses one that was touched.</summary>
    [McpServerTool(Name = "test_input_required_result_tampered_state"), Description("Must refuse an altered state.")]
    public static string Tampered(RequestContext<CallToolRequestParams> context) => State(context);

    [McpServerTool(Name = "test_input_required_result_multi_round"), Description("Asks in two rounds, then answers.")]
    public static string Rounds(RequestContext<CallToolRequestParams> context) =>
        context.Params.RequestState switch
        {
            null => throw Ask("named", (Questions.UserName, InputRequest.ForElicitation(Questions.Name()))),
            "named" => throw Ask("confirmed", ("confirm", InputRequest.ForElicitation(Questions.Confirmation("Go on?")))),
            "confirmed" => "Both rounds were answered.",
            _ => throw UnknownState(),
        };

    [McpServerTool(Name = "test_input_required_result_capabilities"), Description("Asks only what the client can answer.")]
    public static string Capabilities(McpServer server, RequestContext<CallToolRequestParams> context)
    {
        if (context.Params.InputResponses is { Count: > 0 })
            return "The client answered.";
        var offered = server.ClientCapabilities;
        List<(string, InputRequest)> questions = [];
        if (offered?.Elicitation is not null)
            questions.Add((Questions.UserName, InputRequest.ForElicitation(Questions.Name())));
        if (offered?.Sampling is not null)
            questions.Add(("capital", InputRequest.ForSampling(Questions.Sampling("What is the capital of France?"))));
        if (offered?.Roots is not null)
            questions.Add(("roots", InputRequest.ForRootsList(new())));
        return questions.Count == 0 ? "The client takes no questions." : throw Ask([.. questions]);
    }

    internal static InputRequiredException Ask(params (string Key, InputRequest Request)[] questions) => Ask(null, questions);

    internal static InputRequiredException Ask(string? state, params (string Key, InputRequest Request)[] questions) =>
        new(questions.ToDictionary(question => question.Key, question => question.Request), state);

    private static McpProtocolException UnknownState() =>
        new("The request state is none that this tool hands out.", McpErrorCode.InvalidParams);
}
