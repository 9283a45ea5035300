using Actors.Jobs;
using Orleans;

namespace Actors.Grains.Jobs;

/// <summary>How an attempt ended: with a result, with an error, or stopped because it was told to.</summary>
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

    public bool IsStopped => Result is null && Error is null;

    public static AttemptEnd Completed(byte[] result, bool isToolError = false) => new() { Result = result, IsToolError = isToolError };

    public static AttemptEnd Failed(JobError error) => new() { Error = error };
}
