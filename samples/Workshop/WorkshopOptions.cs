using System.ComponentModel.DataAnnotations;

namespace Actors.Workshop;

/// <summary>The section <c>Workshop</c> of the configuration.</summary>
public sealed class WorkshopOptions
{
    public const string Section = "Workshop";

    /// <summary>Milliseconds a query may run in Postgres. Default: 5,000.</summary>
    [Range(100, 600_000)]
    public int StatementTimeoutMs { get; set; } = 5000;

    /// <summary>Queries of one tenant at the same time. Default: 4.</summary>
    [Range(1, 100)]
    public int MaxQueriesPerTenant { get; set; } = 4;

    /// <summary>Characters of a query. Default: 20,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueryChars { get; set; } = 20_000;

    /// <summary>Rows that run_sql returns. Default: 200.</summary>
    [Range(1, 10_000)]
    public int MaxRows { get; set; } = 200;

    /// <summary>Characters of all the values that run_sql returns. Default: 200,000.</summary>
    [Range(1000, 10_000_000)]
    public int MaxResultChars { get; set; } = 200_000;

    /// <summary>Where search_logs looks; a relative folder starts at the content root. Default: the logs that come with the pack.</summary>
    public string? LogFolder { get; set; }

    /// <summary>Bytes of log files that one search reads, the newest files first. Default: 64 MiB.</summary>
    [Range(1, 4L * 1024 * 1024 * 1024)]
    public long MaxLogBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Lines that search_logs returns. Default: 200.</summary>
    [Range(1, 10_000)]
    public int MaxLogLines { get; set; } = 200;

    /// <summary>Characters of a line that are searched and returned; the rest is cut off. Default: 2,000.</summary>
    [Range(80, 100_000)]
    public int MaxLogLineChars { get; set; } = 2000;

    /// <summary>Milliseconds a search of the logs may take. Default: 5,000.</summary>
    [Range(100, 600_000)]
    public int LogSearchTimeoutMs { get; set; } = 5000;

    /// <summary>Seconds that slow_thing can be asked for. Default: 3,600.</summary>
    [Range(1, 86_400)]
    public int MaxSlowSeconds { get; set; } = 3600;
}
