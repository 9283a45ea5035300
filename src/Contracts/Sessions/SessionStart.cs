using Actors.Tenants;
using Orleans;

namespace Actors.Sessions;

/// <summary>What a client said of itself with <c>initialize</c>; it holds for the whole session.</summary>
[GenerateSerializer, Immutable, Alias("actors.session-start")]
public sealed record SessionStart
{
    [Id(0)] public required Principal Owner { get; init; }

    /// <summary>The negotiated revision, for example <c>2025-11-25</c>.</summary>
    [Id(1)] public required string ProtocolVersion { get; init; }

    /// <summary>UTF-8 JSON object of the client's capabilities.</summary>
    [Id(2)] public required byte[] ClientCapabilities { get; init; }

    /// <summary>UTF-8 JSON object of the client's <c>Implementation</c>, or null.</summary>
    [Id(3)] public byte[]? ClientInfo { get; init; }
}
