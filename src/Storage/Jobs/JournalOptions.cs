namespace Actors.Storage.Jobs;

/// <summary>How the journal of jobs is kept.</summary>
public sealed class JournalOptions
{
    /// <summary>How long an entry may wait for others to be written with. Default: 200 ms.</summary>
    public TimeSpan FlushEvery { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How many entries may wait; past it progress is dropped first, then what comes. Default: 20,000.</summary>
    public int BufferLimit { get; set; } = 20_000;

    /// <summary>The most rows in one insert. Default: 2,000.</summary>
    public int BatchRows { get; set; } = 2_000;

    /// <summary>The longest text of an entry, in characters; what is longer is cut. Default: 8,192.</summary>
    public int MaxTextLength { get; set; } = 8_192;

    /// <summary>The largest data of an entry, in bytes; what is larger is left out. Default: 64 KiB.</summary>
    public int MaxDataBytes { get; set; } = 64 * 1024;

    /// <summary>How many entries a job keeps, give or take a quarter. Default: 2,000.</summary>
    public int MaxEntriesPerJob { get; set; } = 2_000;

    /// <summary>How many bytes of text and data a job's entries keep, give or take a quarter. Default: 2 MiB.</summary>
    public int MaxBytesPerJob { get; set; } = 2 * 1024 * 1024;

    /// <summary>The most entries that one read returns. Default: 1,000.</summary>
    public int MaxPageSize { get; set; } = 1_000;

    /// <summary>The most entries that one read looks at in search of a text; the next goes on from there. Default: 5,000.</summary>
    public int MaxSearchedEntries { get; set; } = 5_000;

    internal IEnumerable<string> Errors()
    {
        if (FlushEvery <= TimeSpan.Zero) yield return "Journal.FlushEvery must be positive.";
        if (BufferLimit < 1) yield return "Journal.BufferLimit must be at least 1.";
        if (BatchRows is < 1 or > 10_000) yield return "Journal.BatchRows must be from 1 to 10,000.";
        if (MaxTextLength < 1) yield return "Journal.MaxTextLength must be at least 1.";
        if (MaxDataBytes < 0) yield return "Journal.MaxDataBytes must not be negative.";
        if (MaxEntriesPerJob < 4) yield return "Journal.MaxEntriesPerJob must be at least 4.";
        if (MaxBytesPerJob < 1) yield return "Journal.MaxBytesPerJob must be at least 1.";
        if (MaxPageSize < 1) yield return "Journal.MaxPageSize must be at least 1.";
        if (MaxSearchedEntries < 1) yield return "Journal.MaxSearchedEntries must be at least 1.";
    }
}
