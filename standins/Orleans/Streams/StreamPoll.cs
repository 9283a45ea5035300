using Orleans.Calls;
using Orleans.Serialization.Wire;

namespace Orleans.Streams;

/// <summary>Asks the grain for the next batch of an enumeration; the first one brings the method and its arguments.</summary>
internal sealed class StreamPoll<T> : ValueTaskCall<StreamBatch<T>>
{
    private readonly StreamCall<T> _call;
    private Guid _id;
    private StreamCall<T>? _opening;
    private CancellationToken _token;

    public StreamPoll(StreamCall<T> call)
    {
        _call = call;
        Method = StreamMethods.Of(call.Method);
    }

    public StreamPoll(Guid id, StreamCall<T> call, bool opens, CancellationToken cancellationToken) : this(call)
    {
        _id = id;
        _opening = opens ? call : null;
        _token = cancellationToken;
    }

    public override CallMethod Method { get; }

    public override bool IsCancellable => true;

    public override CallKind Kind => CallKind.StreamPoll;

    protected override CancellationToken Token
    {
        get => _token;
        set => _token = value;
    }

    public override int GetArgumentCount() => _opening?.GetArgumentCount() ?? 0;

    public override object? GetArgument(int index) => _opening is null ? base.GetArgument(index) : _opening.GetArgument(index);

    public override void WriteArguments(ref WireWriter writer)
    {
        writer.WriteGuid(_id);
        writer.WriteVarUInt(_opening is null ? 0 : (ulong)_opening.MaxBatchSize);
        _opening?.WriteArguments(ref writer);
    }

    public override void ReadArguments(ref WireReader reader)
    {
        _id = reader.ReadGuid();
        var maxBatchSize = reader.ReadVarUInt();
        if (maxBatchSize == 0) return;

        _opening = _call;
        _opening.MaxBatchSize = (int)Math.Min(maxBatchSize, int.MaxValue);
        _opening.ReadArguments(ref reader);
    }

    protected override ValueTask<StreamBatch<T>> Call(object grain) => Host!.Streams.PollAsync(_id, _opening, _token);
}
