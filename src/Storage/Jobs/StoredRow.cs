namespace Actors.Storage.Jobs;

/// <summary>
/// A row as it was read. Version grows by one with each write, and is the grain's ETag; Tag is the mark of the write
/// that made this version.
/// </summary>
internal sealed record StoredRow(JobRow Row, long Version, int Tag)
{
    /// <summary>False: a newer version wrote it in a way that this one does not understand; it must be left alone.</summary>
    public bool IsKnown { get; init; } = true;
}
