namespace Orleans.Serialization.Wire;

internal sealed class QueueCodec<T> : FilledCodec<Queue<T>, T>
{
    protected override Queue<T> New(int capacity, byte comparer) => new(capacity);

    protected override void Add(Queue<T> collection, T value) => collection.Enqueue(value);
}
