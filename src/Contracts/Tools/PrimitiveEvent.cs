using Orleans;

namespace Actors.Tools;

/// <summary>What a streamed call yields: any number of notifications, then one outcome.</summary>
[GenerateSerializer, Immutable, Alias("actors.primitive-event")]
public sealed record PrimitiveEvent
{
    private PrimitiveEvent()
    {
    }

    /// <summary><c>notifications/progress</c> or <c>notifications/message</c>; null in the last event.</summary>
    [Id(0)] public string? Method { get; private init; }

    /// <summary>UTF-8 JSON object: the notification's params, progress token included.</summary>
    [Id(1)] public byte[]? Params { get; private init; }

    [Id(2)] public PrimitiveOutcome? Outcome { get; private init; }

    public static PrimitiveEvent Notification(string method, byte[] parameters) => new() { Method = method, Params = parameters };

    public static PrimitiveEvent End(PrimitiveOutcome outcome) => new() { Outcome = outcome };
}
