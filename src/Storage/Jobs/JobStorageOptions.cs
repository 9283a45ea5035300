namespace Actors.Storage.Jobs;

/// <summary>How job rows are written and read.</summary>
public sealed class JobStorageOptions
{
    /// <summary>How many connections commit batches of writes at once; those after the first where a quarter of a batch waits. Default: 2.</summary>
    public int WriterConnections { get; set; } = 2;

    /// <summary>How many connections read rows for grains that activate. Default: 1.</summary>
    public int ReaderConnections { get; set; } = 1;

    /// <summary>The most rows in one transaction, or one read. Default: 256.</summary>
    public int BatchRows { get; set; } = 256;

    /// <summary>The most bytes of arguments, results and checkpoints in one transaction; a single row may have more. Default: 8 MiB.</summary>
    public int BatchBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>How many writes (and, apart from them, reads) may wait for their batch; more wait outside. Default: 10,000.</summary>
    public int QueueLimit { get; set; } = 10_000;

    /// <summary>For how long a write goes on when the database is away, before it is reported as unavailable. Default: 5 s.</summary>
    public TimeSpan UnavailableAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The most jobs that one page of a list looks at where no index finds what is asked for; the next page goes on from there. Default: 5,000.</summary>
    public int MaxSearchedJobs { get; set; } = 5_000;

    /// <summary>How many rows must wait for a further connection to join in.</summary>
    public int Crowd => Math.Max(1, BatchRows / 4);

    internal IEnumerable<string> Errors()
    {
        if (WriterConnections < 1) yield return "Jobs.WriterConnections must be at least 1.";
        if (ReaderConnections < 1) yield return "Jobs.ReaderConnections must be at least 1.";
        if (BatchRows is < 1 or > 4096) yield return "Jobs.BatchRows must be from 1 to 4096.";
        if (BatchBytes < 1) yield return "Jobs.BatchBytes must be at least 1.";
        if (QueueLimit < BatchRows) yield return "Jobs.QueueLimit must be at least Jobs.BatchRows.";
        if (UnavailableAfter <= TimeSpan.Zero) yield return "Jobs.UnavailableAfter must be positive.";
        if (MaxSearchedJobs < 1) yield return "Jobs.MaxSearchedJobs must be at least 1.";
    }
}
