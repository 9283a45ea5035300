using Orleans.Calls;
using Orleans.Serialization.Wire;

namespace Orleans.Streams;

/// <summary>Tells the grain that an enumeration is over on the caller's side.</summary>
internal sealed class StreamClose(Guid id, CallMethod method) : ValueTaskCall
{
    private Guid _id = id;

    public override CallMethod Method { get; } = StreamMethods.Of(method);

    public override CallKind Kind => CallKind.StreamClose;

    public override void WriteArguments(ref WireWriter writer) => writer.WriteGuid(_id);

    public override void ReadArguments(ref WireReader reader) => _id = reader.ReadGuid();

    protected override ValueTask Call(object grain) => Host!.Streams.CloseAsync(_id);
}
