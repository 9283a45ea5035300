namespace Actors.Chaos.Checker.Jobs;

/// <summary>What one answer, or one message of a stream, shows of a job.</summary>
internal sealed record Sighting
{
    public required string Handle { get; init; }

    /// <summary>The request that was answered, or that opened the stream.</summary>
    public required long Call { get; init; }

    /// <summary>The state was not determined before this moment …</summary>
    public required double StartMs { get; init; }

    /// <summary>… and not after this one.</summary>
    public required double EndMs { get; init; }

    public required JobPhase Phase { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The job's attempt, where the answer names it.</summary>
    public int? Attempt { get; init; }

    /// <summary>The progress, and the attempt that made it.</summary>
    public (int Attempt, double Progress)? Progress { get; init; }

    /// <summary>The open questions: their texts by key.</summary>
    public IReadOnlyDictionary<string, string> Questions { get; init; } = new Dictionary<string, string>();

    /// <summary>The result or the error, as JSON; null where the answer has none to show.</summary>
    public string? Ending { get; init; }

    /// <summary>The first text of a result.</summary>
    public string? ResultText { get; init; }

    public bool IsToolError { get; init; }

    /// <summary>What a result that is stored in chunks says of the whole.</summary>
    public (long Size, string Sha256)? Whole { get; init; }

    /// <summary>Whether the answer tells what became of a wish to cancel, and what: null is "nobody wished it".</summary>
    public bool TellsCancel { get; init; }

    public string? Cancel { get; init; }

    public bool IsTerminal => Phase >= JobPhase.Completed;
}
