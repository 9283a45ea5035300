using Actors.Tools;
using Orleans;

namespace Actors.Sessions;

/// <summary>
/// Something on the stream of a short call. The first, with <see cref="Sequence"/> 0, only says which stream it is; each other is a
/// notification, a request to the client, or the end.
/// </summary>
[GenerateSerializer, Immutable, Alias("actors.call-event")]
public sealed record CallEvent
{
    /// <summary>Which of the session's streams; unique in the session.</summary>
    [Id(0)] public required long Stream { get; init; }

    /// <summary>Its place on the stream, from 0.</summary>
    [Id(1)] public required long Sequence { get; init; }

    /// <summary>A notification's method, or that of a request to the client; null in the last event.</summary>
    [Id(2)] public string? Method { get; init; }

    /// <summary>UTF-8 JSON object of its params, or null.</summary>
    [Id(3)] public byte[]? Params { get; init; }

    /// <summary>The id of a request to the client; null where it is a notification.</summary>
    [Id(4)] public string? RequestId { get; init; }

    /// <summary>How the call ended; only in the last event. Never one that requires input.</summary>
    [Id(5)] public PrimitiveOutcome? Outcome { get; init; }

    /// <summary>The last event of a call that the client has cancelled: it gets no response.</summary>
    [Id(6)] public bool IsCancelled { get; init; }

    public bool IsLast => Outcome is not null || IsCancelled;
}
