using System.Collections.Immutable;

namespace Orleans.Serialization.Wire;

internal sealed class ImmutableQueueCodec<T> : BuiltCodec<ImmutableQueue<T>, T>
{
    protected override int CountOf(ImmutableQueue<T> value) => value.Count();

    protected override ImmutableQueue<T> Build(T[] items, byte comparer) => ImmutableQueue.Create(items);
}
