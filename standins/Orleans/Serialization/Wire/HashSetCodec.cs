namespace Orleans.Serialization.Wire;

internal sealed class HashSetCodec<T> : FilledCodec<HashSet<T>, T>
{
    protected override byte ComparerOf(HashSet<T> value) => WireComparers.CodeOf(value.Comparer);

    protected override HashSet<T> New(int capacity, byte comparer) => new(capacity, WireComparers.Equality<T>(comparer));

    protected override void Add(HashSet<T> collection, T value) => collection.Add(value);
}
