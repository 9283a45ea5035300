using System.Collections.Immutable;

namespace Orleans.Serialization.Wire;

internal sealed class ImmutableHashSetCodec<T> : BuiltCodec<ImmutableHashSet<T>, T>
{
    protected override byte ComparerOf(ImmutableHashSet<T> value) => WireComparers.CodeOf(value.KeyComparer);

    protected override int CountOf(ImmutableHashSet<T> value) => value.Count;

    protected override ImmutableHashSet<T> Build(T[] items, byte comparer) => ImmutableHashSet.Create(WireComparers.Equality<T>(comparer), items);
}
