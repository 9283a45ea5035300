using Actors.Jobs;

namespace Actors.Storage.Jobs;

/// <summary>Which of the caller's jobs are wanted; what is left out does not restrict.</summary>
public sealed record JobFilter
{
    public static JobFilter All { get; } = new();

    public string? Tool { get; init; }

    public JobStatus? Status { get; init; }

    /// <summary>At this time or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>A label that they have.</summary>
    public JobLabel? Label { get; init; }

    /// <summary>Text that the tool's name or the status message has, upper and lower case alike.</summary>
    public string? Text { get; init; }
}
