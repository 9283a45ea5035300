using System.ComponentModel.DataAnnotations;

namespace Actors.Frontend.Mcp;

/// <summary>How the MCP endpoint presents itself and how long it waits. Section <c>Actors:Mcp</c>.</summary>
public sealed class McpOptions
{
    /// <summary>The endpoint's path; <c>/mcp</c>.</summary>
    [Required, RegularExpression("^/.*", ErrorMessage = "Actors:Mcp:Path must start with a slash.")]
    public string Path { get; set; } = "/mcp";

    /// <summary><c>serverInfo.name</c>; <c>actors</c>.</summary>
    [Required]
    public string ServerName { get; set; } = "actors";

    /// <summary><c>serverInfo.title</c>; <c>Actors</c>.</summary>
    [Required]
    public string ServerTitle { get; set; } = "Actors";

    /// <summary><c>serverInfo.version</c>; the assembly's version.</summary>
    [Required]
    public string ServerVersion { get; set; } = typeof(McpOptions).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>
    /// How long a call of a job tool is held open for a client that does not speak tasks, and the longest that job_wait
    /// waits; 25 seconds, under the 60 that most clients allow a call.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan SyncWindow { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Silence after which an event stream gets a comment line; 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a client may take to come back with the answers to an InputRequiredResult; 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan RequestStateLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary><c>ttlMs</c> of the lists, which are also announced when they change; 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ListTtl { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a request waits for the catalogue just after a start; 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan CatalogueWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a short call of a session is waited for before its answer becomes a stream, which its client can take up again; 1 second.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan StreamAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>When a client whose connection is closed before its answer is to come back for it; 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan ComeBackAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long <c>notifications/resources/updated</c> of one job's resource wait for each other; 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan ResourceUpdateInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The lowest level of log messages that a session gets which has not set one; <c>info</c>.</summary>
    [Required, AllowedValues("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency")]
    public string DefaultLogLevel { get; set; } = "info";

    /// <summary>Messages of one batch, which revision 2025-03-26 has; 64.</summary>
    [Range(1, 1000)]
    public int MaxBatch { get; set; } = 64;
}
