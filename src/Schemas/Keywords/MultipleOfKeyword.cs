using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>multipleOf</c>, in decimal digits: 0.3 is a multiple of 0.1.</summary>
internal sealed class MultipleOfKeyword(KeywordPlace place, JsonElement divisor, JsonNumber exact) : Keyword(place)
{
    public static Keyword? Read(SchemaReader schema)
    {
        if (schema.Find("multipleOf", JsonValueKind.Number, "a number") is not { } divisor)
            return null;
        var exact = JsonNumber.Of(divisor, schema.Options.Limits.MaxNumberDigits);
        return exact.Sign > 0
            ? new MultipleOfKeyword(schema.Place("multipleOf"), divisor, exact)
            : throw schema.Fault("multipleOf", "must be greater than 0.");
    }

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        if (instance.ValueKind != JsonValueKind.Number)
            return true;
        var isValid = JsonNumber.Of(instance, evaluation.Limits.MaxNumberDigits).IsMultipleOf(exact);
        if (isValid || IsQuiet(evaluation))
            return isValid;
        return evaluation.Fail(Place, $"must be a multiple of {Found.Cut(divisor.GetRawText(), 40)}; found {Found.Describe(instance)}.");
    }
}
