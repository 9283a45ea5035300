using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;
using Actors.Schemas.Patterns;

namespace Actors.Schemas.Keywords;

/// <summary><c>pattern</c>.</summary>
internal sealed class PatternKeyword(KeywordPlace place, SchemaPattern pattern) : Keyword(place)
{
    public static Keyword? Read(SchemaReader schema) =>
        schema.Text("pattern") is { } source
            ? new PatternKeyword(schema.Place("pattern"), SchemaPattern.Compile(source, schema.Place("pattern"), schema.Options.Limits))
            : null;

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        if (instance.ValueKind != JsonValueKind.String)
            return true;
        Span<char> buffer = stackalloc char[128];
        if (pattern.IsMatch(JsonText.Value(instance, buffer), evaluation))
            return true;
        return !IsQuiet(evaluation)
            && evaluation.Fail(Place, $"must match the pattern {Found.Cut(pattern.Source, 120)}; found {Found.Describe(instance)}.");
    }
}
