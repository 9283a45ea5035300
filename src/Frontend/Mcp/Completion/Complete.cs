using System.Text.Json;
using Actors.Frontend.Mcp.Calls;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Placement;

namespace Actors.Frontend.Mcp.Completion;

/// <summary><c>completion/complete</c>.</summary>
internal sealed class Complete(PrimitiveDispatch dispatch, InlineCalls calls) : McpMethod
{
    public override string Name => "completion/complete";

    public override async ValueTask HandleAsync(McpRequest request)
    {
        using var parameters = ParamsDocument.Open(request);
        var name = ReferenceName(parameters.RootElement);
        var outcome = await dispatch.InvokeAsync(request, PrimitiveCalls.From(request, name));
        await calls.AnswerAsync(request, round: null, outcome);
    }

    private static string ReferenceName(JsonElement parameters)
    {
        var reference = ParamsDocument.OptionalObject(parameters, "ref") ?? throw Invalid("params.ref is missing");
        var type = Text(reference, "type");
        var name = type switch
        {
            "ref/prompt" => Text(reference, "name"),
            "ref/resource" => Text(reference, "uri"),
            _ => null,
        };
        if (name is null)
            throw Invalid("params.ref has no known form");
        var argument = ParamsDocument.OptionalObject(parameters, "argument");
        if (argument is not { } value || Text(value, "name") is null || Text(value, "value") is null)
            throw new RefusedException(Refusal.InvalidParams, "params.argument must be {\"name\":\"...\",\"value\":\"...\"}.");
        return name;
    }

    private static string? Text(JsonElement parent, string member) =>
        parent.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static RefusedException Invalid(string problem) => new(
        Refusal.InvalidParams,
        problem + "; it must be {\"type\":\"ref/prompt\",\"name\":\"...\"} or {\"type\":\"ref/resource\",\"uri\":\"...\"}.");
}
