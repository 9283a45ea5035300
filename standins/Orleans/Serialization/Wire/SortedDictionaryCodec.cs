namespace Orleans.Serialization.Wire;

internal sealed class SortedDictionaryCodec<TKey, TValue> : FilledMapCodec<SortedDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override byte ComparerOf(SortedDictionary<TKey, TValue> value) => WireComparers.CodeOf(value.Comparer);

    protected override SortedDictionary<TKey, TValue> New(int capacity, byte comparer) => new(WireComparers.Order<TKey>(comparer));
}
