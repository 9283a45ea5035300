using Orleans.Calls;

namespace Orleans.Streams;

/// <summary>Asks the grain for the next batch of an enumeration; the first one brings the method and its arguments.</summary>
internal sealed class StreamPoll<T> : ValueTaskCall<StreamBatch<T>>
{
    private readonly Guid _id;
    private readonly StreamCall<T>? _opening;
    private CancellationToken _token;

    public StreamPoll(Guid id, StreamCall<T> call, bool opens, CancellationToken cancellationToken)
    {
        _id = id;
        _opening = opens ? call : null;
        _token = cancellationToken;
        Method = StreamMethods.Of(call.Method);
    }

    public override CallMethod Method { get; }

    public override bool IsCancellable => true;

    protected override CancellationToken Token
    {
        get => _token;
        set => _token = value;
    }

    public override int GetArgumentCount() => _opening?.GetArgumentCount() ?? 0;

    public override object? GetArgument(int index) => _opening is null ? base.GetArgument(index) : _opening.GetArgument(index);

    protected override ValueTask<StreamBatch<T>> Call(object grain) => Host!.Streams.PollAsync(_id, _opening, _token);
}
