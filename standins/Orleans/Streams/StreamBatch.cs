namespace Orleans.Streams;

/// <summary>What the grain answers to one poll of a streaming call.</summary>
[GenerateSerializer]
[Immutable]
internal sealed class StreamBatch<T>(StreamStatus status, List<T>? items)
{
    public static StreamBatch<T> Heartbeat { get; } = new(StreamStatus.More, null);

    public static StreamBatch<T> Unknown { get; } = new(StreamStatus.Unknown, null);

    [Id(0)]
    public StreamStatus Status { get; } = status;

    [Id(1)]
    public List<T>? Items { get; } = items;
}
