using Orleans.Activations;
using Orleans.Calls;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Streams;

/// <summary>
/// A call of a method that returns IAsyncEnumerable&lt;T&gt;. It is never sent itself: each enumeration of what it
/// returns takes its arguments to the grain with the first StreamPoll and then asks for one batch after another.
/// </summary>
internal abstract class StreamCall<T> : GrainCall, IAsyncEnumerable<T>, IBatched
{
    private const int DefaultMaxBatchSize = 100;

    private int _maxBatchSize = DefaultMaxBatchSize;
    private GrainReference _reference = null!;

    public int MaxBatchSize
    {
        get => _maxBatchSize;
        set => _maxBatchSize = value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A batch holds at least one element.");
    }

    protected abstract IAsyncEnumerable<T> Call(object grain);

    public IAsyncEnumerable<T> Send(GrainReference target)
    {
        _reference = target;
        return this;
    }

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new StreamReader<T>(this, _reference, GetCancellationToken(), cancellationToken);

    /// <summary>On the grain's side: its own sequence, with a token that ends with the enumeration.</summary>
    public IAsyncEnumerable<T> Open(object grain, CancellationToken cancellationToken)
    {
        var copy = (StreamCall<T>)MemberwiseClone();
        if (copy.IsCancellable) copy.Token = cancellationToken;
        return copy.Call(grain);
    }

    public GrainCall NewPoll() => new StreamPoll<T>(this);

    public override bool Start(Activation host) => throw new NotSupportedException("A streaming call is not sent itself.");

    public override ValueTask<Response> Invoke() => throw new NotSupportedException("A streaming call is not sent itself.");

    // Its answers are those of the polls.
    protected override void SetResponse(Response response)
    {
    }

    protected override void SetException(Exception exception)
    {
    }
}
