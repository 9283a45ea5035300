using Actors.Jobs;
using Orleans;

namespace Actors.Grains.Jobs;

/// <summary>How an attempt ended: with a result, with an error that may pass or not, or stopped because it was told to.</summary>
[GenerateSerializer, Immutable, Alias("actors.attempt-end")]
public sealed record AttemptEnd
{
    private AttemptEnd()
    {
    }

    /// <summary>The attempt that was cancelled and obeyed.</summary>
    public static AttemptEnd Stopped { get; } = new();

    /// <summary>UTF-8 JSON of the CallToolResult, with its <c>resultType</c>.</summary>
    [Id(0)] public byte[]? Result { get; private init; }

    [Id(1)] public JobError? Error { get; private init; }

    /// <summary>The last progress that was not reported yet, or null.</summary>
    [Id(2)] public AttemptReport? Last { get; init; }

    /// <summary>Whether the result is a failure of the tool's own (<c>isError</c>).</summary>
    [Id(3)] public bool IsToolError { get; private init; }

    /// <summary>How it failed.</summary>
    [Id(4)] public AttemptOutcome Outcome { get; private init; }

    /// <summary>Whether the tool's terms have it tried again.</summary>
    [Id(5)] public bool MayPass { get; private init; }

    /// <summary>How long the tool asks to be left alone, or null.</summary>
    [Id(6)] public TimeSpan? RetryAfter { get; private init; }

    public bool IsStopped => Result is null && Error is null;

    public static AttemptEnd Completed(byte[] result, bool isToolError = false) => new() { Result = result, IsToolError = isToolError };

    public static AttemptEnd Failed(JobError error) => new() { Error = error };

    /// <summary>Failed in a way that another attempt may not.</summary>
    public static AttemptEnd FailedForNow(JobError error, AttemptOutcome outcome, TimeSpan? retryAfter = null) =>
        new() { Error = error, Outcome = outcome, MayPass = true, RetryAfter = retryAfter };

    public AttemptEnd WithError(JobError error) => this with { Error = error };
}
