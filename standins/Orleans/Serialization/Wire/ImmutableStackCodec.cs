using System.Collections.Immutable;

namespace Orleans.Serialization.Wire;

internal sealed class ImmutableStackCodec<T> : BuiltCodec<ImmutableStack<T>, T>
{
    protected override IEnumerable<T> InOrder(ImmutableStack<T> value) => value.Reverse();

    protected override int CountOf(ImmutableStack<T> value) => value.Count();

    protected override ImmutableStack<T> Build(T[] items, byte comparer) => ImmutableStack.Create(items);
}
