namespace Orleans.Serialization.Wire;

internal sealed class StackCodec<T> : FilledCodec<Stack<T>, T>
{
    protected override IEnumerable<T> InOrder(Stack<T> value) => value.Reverse();

    protected override Stack<T> New(int capacity, byte comparer) => new(capacity);

    protected override void Add(Stack<T> collection, T value) => collection.Push(value);
}
