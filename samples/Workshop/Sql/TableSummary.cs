using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Actors.Workshop.Sql;

/// <summary>A table of the list.</summary>
internal sealed record TableSummary(
    string Name,
    // The SDK leaves nulls out, but its schema says that every member is there, and clients hold it to that.
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [property: Description("What it holds")] string? Comment,
    long Rows);
