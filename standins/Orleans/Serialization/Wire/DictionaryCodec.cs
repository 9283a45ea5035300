namespace Orleans.Serialization.Wire;

internal sealed class DictionaryCodec<TKey, TValue> : FilledMapCodec<Dictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override byte ComparerOf(Dictionary<TKey, TValue> value) => WireComparers.CodeOf(value.Comparer);

    protected override Dictionary<TKey, TValue> New(int capacity, byte comparer) => new(capacity, WireComparers.Equality<TKey>(comparer));
}
