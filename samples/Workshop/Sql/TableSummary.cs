using System.ComponentModel;

namespace Actors.Workshop.Sql;

/// <summary>A table of the list.</summary>
internal sealed record TableSummary(string Name, [property: Description("What it holds")] string? Comment, long Rows);
