namespace Actors.Chaos.Checker.Records;

/// <summary>A message that the receiver of webhooks got.</summary>
public sealed record WebhookRecord
{
    /// <summary>The token of the call that asked for it, from the path that it was sent to.</summary>
    public required string Token { get; init; }

    /// <summary>The header webhook-id.</summary>
    public string? Id { get; init; }

    /// <summary>The job that the message is about, and how it says that the job ended.</summary>
    public string? Job { get; init; }

    public string? Status { get; init; }

    /// <summary>Whether one of its signatures is over what arrived, with the secret of the tenant whose token it is.</summary>
    public required bool IsSigned { get; init; }

    /// <summary>Whether the receiver said 2xx, as far as it knows.</summary>
    public required bool IsAccepted { get; init; }

    public required double AtMs { get; init; }
}
