using System.Text.Json;
using Actors.Schemas.Keywords;

namespace Actors.Schemas.Evaluation;

/// <summary>A compiled subschema.</summary>
internal sealed class SchemaNode(string location, SchemaResource resource)
{
    /// <summary>Filled once, while its schema is compiled; those that look at what others evaluated come last.</summary>
    public Keyword[] Keywords { get; set; } = [];

    public string Location { get; } = location;

    /// <summary>The schema <c>false</c>.</summary>
    public bool IsNever => Keywords is [NeverKeyword];

    /// <summary>Whether a keyword of it looks at what the others have evaluated.</summary>
    public bool NeedsEvaluated { get; set; }

    public bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        if (Keywords.Length == 0)
            return true;
        var outer = evaluation.Enter(resource, Location);
        var own = NeedsEvaluated ? EvaluatedSet.For(instance) : seen;
        var isValid = true;
        foreach (var keyword in Keywords)
        {
            evaluation.Step();
            if (keyword.Evaluate(instance, evaluation, own))
                continue;
            isValid = false;
            if (evaluation.IsDecided)
                break;
        }
        evaluation.Leave(outer);
        if (isValid && NeedsEvaluated && own is not null)
            seen?.Add(own);
        return isValid;
    }
}
