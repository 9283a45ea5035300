using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>minLength</c> to <c>maxProperties</c>: how many characters, items or properties there may be.</summary>
internal sealed class CountKeyword : Keyword
{
    private readonly int _bound;
    private readonly bool _isMinimum;
    private readonly JsonValueKind _kind;

    private CountKeyword(KeywordPlace place, int bound)
        : base(place)
    {
        _bound = bound;
        _isMinimum = place.Name.StartsWith("min", StringComparison.Ordinal);
        _kind = place.Name[3..] switch
        {
            "Length" => JsonValueKind.String,
            "Items" => JsonValueKind.Array,
            _ => JsonValueKind.Object,
        };
    }

    public static Keyword? Read(SchemaReader schema, string name) =>
        schema.Count(name) is { } bound ? new CountKeyword(schema.Place(name), bound) : null;

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        if (instance.ValueKind != _kind)
            return true;
        var count = _kind switch
        {
            JsonValueKind.String => JsonText.Length(instance, evaluation),
            JsonValueKind.Array => instance.GetArrayLength(),
            _ => instance.GetPropertyCount(),
        };
        var isValid = _isMinimum ? count >= _bound : count <= _bound;
        return isValid || (!IsQuiet(evaluation) && evaluation.Fail(Place, Words(count)));
    }

    private string Words(int count)
    {
        var relation = _isMinimum ? "at least" : "at most";
        return _kind switch
        {
            JsonValueKind.String => $"must be {relation} {Found.Count(_bound, "character", "characters")} long; found {count}.",
            JsonValueKind.Array => $"must have {relation} {Found.Count(_bound, "item", "items")}; found {count}.",
            _ => $"must have {relation} {Found.Count(_bound, "property", "properties")}; found {count}.",
        };
    }
}
