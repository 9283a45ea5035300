namespace Actors.Storage.Results;

/// <summary>What became of a result that was to be stored.</summary>
public sealed record ResultStoring
{
    private ResultStoring()
    {
    }

    public static ResultStoring Stored { get; } = new();

    /// <summary>The attempt is not the job's any more: nothing of its result is.</summary>
    public static ResultStoring NotCurrent { get; } = new();

    /// <summary>How many bytes of results the tenant has stored, where one more would be too many.</summary>
    public long? UsedBytes { get; private init; }

    public static ResultStoring OverQuota(long usedBytes) => new() { UsedBytes = usedBytes };
}
