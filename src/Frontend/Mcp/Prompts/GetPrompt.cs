using System.Text.Json;
using Actors.Frontend.Catalogues;
using Actors.Frontend.Mcp.Calls;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Rounds;
using Actors.Frontend.Placement;

namespace Actors.Frontend.Mcp.Prompts;

/// <summary><c>prompts/get</c>.</summary>
internal sealed class GetPrompt(CatalogueFeed catalogue, PrimitiveDispatch dispatch, InlineCalls calls, RoundTrips rounds) : McpMethod
{
    public override string Name => "prompts/get";

    public override MirroredMember Mirrors => MirroredMember.Name;

    public override async ValueTask HandleAsync(McpRequest request)
    {
        using var parameters = ParamsDocument.Open(request);
        CheckArguments(parameters.RootElement);
        var name = request.Envelope.Name!;
        var view = await catalogue.GetAsync(request.Aborted);
        if (!view.Prompts.Any(prompt => prompt.Name == name))
            throw new RefusedException(Refusal.InvalidParams, $"Unknown prompt: {name}. prompts/list names those there are.");
        var round = await rounds.OpenAsync(request, name, parameters.RootElement);
        var outcome = await dispatch.InvokeAsync(request, PrimitiveCalls.From(request, name, round));
        await calls.AnswerAsync(request, round, outcome);
    }

    // A map of strings by the schema, and what a prompt was not written for would fail inside it.
    private static void CheckArguments(JsonElement parameters)
    {
        if (ParamsDocument.OptionalObject(parameters, "arguments") is not { } arguments)
            return;
        foreach (var argument in arguments.EnumerateObject())
        {
            if (argument.Value.ValueKind != JsonValueKind.String)
                throw new RefusedException(
                    Refusal.InvalidParams, $"params.arguments.{argument.Name} must be a string; leave it out where there is none.");
        }
    }
}
