using System.Collections.Immutable;

namespace Orleans.Serialization.Wire;

internal sealed class ImmutableListCodec<T> : BuiltCodec<ImmutableList<T>, T>
{
    protected override int CountOf(ImmutableList<T> value) => value.Count;

    protected override ImmutableList<T> Build(T[] items, byte comparer) => [.. items];
}
