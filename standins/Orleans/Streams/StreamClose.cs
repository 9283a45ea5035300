using Orleans.Calls;

namespace Orleans.Streams;

/// <summary>Tells the grain that an enumeration is over on the caller's side.</summary>
internal sealed class StreamClose(Guid id, CallMethod method) : ValueTaskCall
{
    public override CallMethod Method { get; } = StreamMethods.Of(method);

    protected override ValueTask Call(object grain) => Host!.Streams.CloseAsync(id);
}
