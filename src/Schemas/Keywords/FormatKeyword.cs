using System.Text.Json;
using System.Text.RegularExpressions;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;
using Actors.Schemas.Formats;

namespace Actors.Schemas.Keywords;

/// <summary><c>format</c>, where it is asserted. One that nobody here knows is an annotation.</summary>
internal sealed class FormatKeyword(KeywordPlace place, string format, Func<string, bool> isValid) : Keyword(place)
{
    public static Keyword? Read(SchemaReader schema) =>
        schema.Text("format") is { } format && FormatTable.Find(format) is { } isValid
            ? new FormatKeyword(schema.Place("format"), format, isValid)
            : null;

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        if (instance.ValueKind != JsonValueKind.String)
            return true;
        var text = instance.GetString()!;
        evaluation.StepBytes(text.Length);
        return Fits(text)
            || (!IsQuiet(evaluation) && evaluation.Fail(Place, $"must be of the format {Found.Cut(format, 40)}; found {Found.Describe(instance)}."));
    }

    private bool Fits(string text)
    {
        try
        {
            return isValid(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new SchemaLimitException($"it takes too long to see whether a string is of the format {Found.Cut(format, 40)}.", Place.Location);
        }
    }
}
