using System.Text.Json;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary>Why none of several alternatives fits, told by the one that comes closest.</summary>
internal sealed class BranchFailures
{
    private readonly List<(SchemaNode Branch, List<SchemaError> Errors)> _failures = [];

    /// <param name="branch">The alternative.</param>
    /// <param name="instance">What it is applied to.</param>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="seen">What it evaluated is added, if it fits.</param>
    /// <param name="failures">Where to note why not; null: nobody asks.</param>
    public static bool Evaluate(
        SchemaNode branch, JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen, BranchFailures? failures)
    {
        evaluation.Step();
        var own = seen is null ? null : EvaluatedSet.For(instance);
        bool isValid;
        if (failures is null)
        {
            isValid = branch.Evaluate(instance, evaluation, own);
        }
        else
        {
            isValid = evaluation.EvaluateBranch(branch, instance, own, out var errors);
            if (!isValid)
                failures._failures.Add((branch, errors));
        }
        if (isValid && own is not null)
            seen!.Add(own);
        return isValid;
    }

    public bool Report(KeywordPlace place, JsonElement instance, SchemaEvaluation evaluation)
    {
        var here = evaluation.Pointer();
        if (_failures.Count == 0)
            return evaluation.Fail(place, "can be nothing: there is no alternative.");
        if (OnlyTypes(here) is { } types)
            return evaluation.Fail(place, $"must be {JsonTypeNames.Describe(types)}; found {Found.Describe(instance)}.");
        var (branch, errors) = _failures.MinBy(failure => Remoteness(failure.Errors, here));
        if (_failures.Count > 1)
            evaluation.Fail(place, $"fits none of {_failures.Count} alternatives; the closest is number {_failures.FindIndex(failure => failure.Branch == branch) + 1}, which is not met because of what follows.");
        return evaluation.FailWith(errors);
    }

    /// <summary>Where every alternative only wants another type, that is all there is to say.</summary>
    private JsonTypes? OnlyTypes(string here)
    {
        var types = JsonTypes.None;
        foreach (var (branch, errors) in _failures)
        {
            if (errors is not [{ Keyword: "type" } error] || error.InstancePath != here || branch.Keywords.OfType<TypeKeyword>().FirstOrDefault() is not { } type)
                return null;
            types |= type.Types;
        }
        return types;
    }

    /// <summary>
    /// Another type here is far; a fixed value that differs, here or one step in, marks another kind of thing; then the fewest errors.
    /// </summary>
    private static int Remoteness(List<SchemaError> errors, string here)
    {
        var score = Math.Min(errors.Count, 1_000);
        foreach (var error in errors)
        {
            var isHere = error.InstancePath == here;
            if (isHere && error.Keyword is "type" or "false")
                score += 1_000_000;
            else if (error.Keyword is "const" or "enum" && error.InstancePath.AsSpan(here.Length).Count('/') <= 1)
                score += 10_000;
        }
        return score;
    }
}
