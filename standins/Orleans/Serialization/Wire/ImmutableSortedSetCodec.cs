using System.Collections.Immutable;

namespace Orleans.Serialization.Wire;

internal sealed class ImmutableSortedSetCodec<T> : BuiltCodec<ImmutableSortedSet<T>, T>
{
    protected override byte ComparerOf(ImmutableSortedSet<T> value) => WireComparers.CodeOf(value.KeyComparer);

    protected override int CountOf(ImmutableSortedSet<T> value) => value.Count;

    protected override ImmutableSortedSet<T> Build(T[] items, byte comparer) => ImmutableSortedSet.Create(WireComparers.Order<T>(comparer), items);
}
