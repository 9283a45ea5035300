namespace Actors.Storage.Jobs;

/// <summary>A part of a list, newest first.</summary>
/// <param name="Jobs">The jobs of this page.</param>
/// <param name="NextCursor">Where the next page begins; null: there is none.</param>
public sealed record JobPage(IReadOnlyList<JobSummary> Jobs, string? NextCursor)
{
    /// <summary>Whether the page ends because no more jobs were looked at, full or not: whether there are others is not known.</summary>
    public bool IsPart { get; init; }
}
