using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>minimum</c>, <c>maximum</c> and the exclusive two.</summary>
internal sealed class BoundKeyword : Keyword
{
    private readonly JsonElement _bound;
    private readonly JsonNumber _exact;
    private readonly long? _short;
    private readonly bool _isMinimum;
    private readonly bool _isExclusive;

    private BoundKeyword(KeywordPlace place, JsonElement bound, int maxDigits)
        : base(place)
    {
        _bound = bound;
        _exact = JsonNumber.Of(bound, maxDigits);
        _short = bound.TryGetInt64(out var number) ? number : null;
        _isMinimum = place.Name is "minimum" or "exclusiveMinimum";
        _isExclusive = place.Name is "exclusiveMinimum" or "exclusiveMaximum";
    }

    public static Keyword? Read(SchemaReader schema, string name) =>
        schema.Find(name, JsonValueKind.Number, "a number") is { } bound
            ? new BoundKeyword(schema.Place(name), bound, schema.Options.Limits.MaxNumberDigits)
            : null;

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        if (instance.ValueKind != JsonValueKind.Number)
            return true;
        var order = _short is { } bound && instance.TryGetInt64(out var number)
            ? number.CompareTo(bound)
            : JsonNumber.Of(instance, evaluation.Limits.MaxNumberDigits).CompareTo(_exact);
        var isValid = order == 0 ? !_isExclusive : order > 0 == _isMinimum;
        if (isValid || IsQuiet(evaluation))
            return isValid;
        var relation = (_isMinimum, _isExclusive) switch
        {
            (true, false) => "at least",
            (true, true) => "greater than",
            (false, false) => "at most",
            _ => "less than",
        };
        return evaluation.Fail(Place, $"must be {relation} {Found.Cut(_bound.GetRawText(), 40)}; found {Found.Describe(instance)}.");
    }
}
