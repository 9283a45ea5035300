using Actors.Frontend.Catalogues;
using Actors.Frontend.Mcp.Calls;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Rounds;

namespace Actors.Frontend.Mcp.Prompts;

/// <summary><c>prompts/get</c>.</summary>
internal sealed class GetPrompt(CatalogueFeed catalogue, InlineCalls calls, RoundTrips rounds) : McpMethod
{
    public override string Name => "prompts/get";

    public override MirroredMember Mirrors => MirroredMember.Name;

    public override async ValueTask HandleAsync(McpRequest request)
    {
        using var parameters = ParamsDocument.Open(request);
        ParamsDocument.OptionalObject(parameters.RootElement, "arguments");
        var name = request.Envelope.Name!;
        var view = await catalogue.GetAsync(request.Aborted);
        if (!view.Prompts.Any(prompt => prompt.Name == name))
            throw new RefusedException(Refusal.InvalidParams, $"Unknown prompt: {name}. prompts/list names those there are.");
        var round = await rounds.OpenAsync(request, name, parameters.RootElement);
        var outcome = await calls.InvokeAsync(request, PrimitiveCalls.From(request, name, round));
        await calls.AnswerAsync(request, round, outcome);
    }
}
