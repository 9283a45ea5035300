using System.Collections.Immutable;
using Orleans;

namespace Actors.Sessions;

/// <summary>What a frontend has to know of a session to serve one of its requests.</summary>
[GenerateSerializer, Immutable, Alias("actors.session-view")]
public sealed record SessionView
{
    [Id(0)] public required SessionStart Start { get; init; }

    /// <summary>The lowest level of log messages that <c>logging/setLevel</c> asked for; null: none yet.</summary>
    [Id(1)] public string? LogLevel { get; init; }

    /// <summary>The URIs of <c>resources/subscribe</c>.</summary>
    [Id(2)] public ImmutableArray<string> Subscriptions { get; init; } = [];
}
