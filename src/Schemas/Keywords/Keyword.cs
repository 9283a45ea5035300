using System.Text.Json;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary>A compiled keyword. What it is not about, it accepts.</summary>
internal abstract class Keyword(KeywordPlace place)
{
    protected KeywordPlace Place => place;

    /// <summary>The subschemas it applies.</summary>
    public virtual IEnumerable<SchemaNode> Subschemas => [];

    /// <summary>Whether it looks at what the other keywords have evaluated, and so comes after them.</summary>
    public virtual bool NeedsEvaluated => false;

    /// <param name="instance">What it is applied to.</param>
    /// <param name="evaluation">The budget and the errors.</param>
    /// <param name="seen">Where to note members and items that were evaluated; null: nobody asks. Void if it fails.</param>
    public abstract bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen);

    /// <summary>Words are only made once errors are collected.</summary>
    protected static bool IsQuiet(SchemaEvaluation evaluation) => !evaluation.IsCollecting;
}
