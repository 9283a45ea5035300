using System.Collections.Immutable;
using Actors.Sessions;

namespace Actors.Storage.Sessions;

/// <summary>A row of <c>sessions</c>.</summary>
public sealed record SessionRow
{
    public required SessionStart Start { get; init; }

    public string? LogLevel { get; init; }

    public ImmutableArray<string> Subscriptions { get; init; } = [];

    /// <summary>The tasks that its own stream tells of, oldest first.</summary>
    public ImmutableArray<string> Tasks { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last in use, to the accuracy with which that is written.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }
}
