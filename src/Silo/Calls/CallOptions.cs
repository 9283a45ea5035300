using System.ComponentModel.DataAnnotations;

namespace Actors.Silo.Calls;

/// <summary>Limits of calls that are not jobs. Section <c>Actors:Calls</c>.</summary>
public sealed class CallOptions
{
    /// <summary>How long a short tool, a prompt or a resource may take. Default 25 s.</summary>
    public TimeSpan InlineTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Bytes of an inline call's result; more is an error. Default 4 MiB.</summary>
    [Range(1, int.MaxValue)]
    public int MaxResultBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// Whether each tool's structured result is checked against its output schema, and turned into an error where it does not
    /// fit. Default null: in the environment Development.
    /// </summary>
    public bool? CheckStructuredContent { get; set; }

    /// <summary>Values of one completion; the protocol allows 100 at most. Default 100.</summary>
    [Range(1, 100)]
    public int MaxCompletionValues { get; set; } = 100;

    /// <summary>Rounds of input that one attempt of a tool with rounds of its own may take. Default 100.</summary>
    [Range(1, 10_000)]
    public int MaxRoundsPerAttempt { get; set; } = 100;
}
