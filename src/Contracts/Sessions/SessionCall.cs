using System.Collections.Immutable;
using Actors.Tools;
using Orleans;
using Orleans.Runtime;

namespace Actors.Sessions;

/// <summary>A short call that a session runs for its client, whether or not the client stays connected.</summary>
[GenerateSerializer, Immutable, Alias("actors.session-call")]
public sealed record SessionCall
{
    /// <summary>The JSON-RPC id as the client sent it, JSON.</summary>
    [Id(0)] public required byte[] RequestId { get; init; }

    [Id(1)] public required PrimitiveCall Call { get; init; }

    /// <summary>The silos that have what it calls, in the order in which they are to be tried; empty: any.</summary>
    [Id(2)] public ImmutableArray<SiloAddress> Silos { get; init; } = [];

    /// <summary>Whether it may run twice, when its silo dies under it.</summary>
    [Id(3)] public bool IsRepeatable { get; init; }

    /// <summary>Whether the client asked for progress or log messages.</summary>
    [Id(4)] public bool WantsNotifications { get; init; }

    /// <summary>
    /// The handle of the job that the call becomes, if it does: drawn once, so that a client that lost its connection and comes back
    /// finds that job, and makes no other.
    /// </summary>
    [Id(5)] public required string JobId { get; init; }
}
