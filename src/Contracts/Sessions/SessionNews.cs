using System.Collections.Immutable;
using Orleans;

namespace Actors.Sessions;

/// <summary>What a session's own stream (the GET stream) has to carry besides what the tenant announces.</summary>
[GenerateSerializer, Immutable, Alias("actors.session-news")]
public sealed record SessionNews
{
    /// <summary>The URIs whose updates the client wants to hear of.</summary>
    [Id(0)] public ImmutableArray<string> Subscriptions { get; init; } = [];

    /// <summary>The tasks whose states it tells of, oldest first.</summary>
    [Id(1)] public ImmutableArray<string> Tasks { get; init; } = [];

    /// <summary>Those of them whose questions go elsewhere, because a stream of tasks/result is open for them.</summary>
    [Id(2)] public ImmutableArray<string> Claimed { get; init; } = [];
}
