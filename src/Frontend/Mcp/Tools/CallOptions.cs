using Actors.Jobs;

namespace Actors.Frontend.Mcp.Tools;

/// <summary>What a caller asks of its job beyond the call itself: the <c>actors/…</c> members of <c>params._meta</c>, and <c>Idempotency-Key</c>.</summary>
internal sealed record CallOptions
{
    /// <summary>Those of a call that asks for nothing.</summary>
    public static readonly CallOptions None = new();

    /// <summary>JSON object of strings, or null.</summary>
    public string? Labels { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>Not to start before; null: at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    public int Priority { get; init; }

    public RetryTerms? Retry { get; init; }

    /// <summary>Milliseconds that the record is wanted for; null: as the tool has it.</summary>
    public long? TtlMs { get; init; }

    /// <summary>Whether something is to follow the job's end.</summary>
    public bool HasFollowUp { get; init; }

    /// <summary>What, as UTF-8 JSON of <see cref="FollowUpReader"/>.</summary>
    public byte[]? FollowUp { get; init; }

    /// <summary>
    /// Whether the call is a job from the start, whatever its tool says: what is to begin later cannot be waited for, and what is to follow a job's end follows
    /// no short answer.
    /// </summary>
    public bool NeedsJob => StartAt is not null || HasFollowUp;

    /// <summary>What the record keeps of it; null: nothing.</summary>
    public JobOptions? Kept => Retry is null && IdempotencyKey is null && FollowUp is null
        ? null
        : new JobOptions { Retry = Retry, IdempotencyKey = IdempotencyKey, FollowUp = FollowUp };
}
