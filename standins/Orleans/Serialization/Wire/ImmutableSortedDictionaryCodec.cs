using System.Collections.Immutable;

namespace Orleans.Serialization.Wire;

internal sealed class ImmutableSortedDictionaryCodec<TKey, TValue> : BuiltMapCodec<ImmutableSortedDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override byte ComparerOf(ImmutableSortedDictionary<TKey, TValue> value) => WireComparers.CodeOf(value.KeyComparer);

    protected override ImmutableSortedDictionary<TKey, TValue> Build(List<KeyValuePair<TKey, TValue>> items, byte comparer)
    {
        var builder = ImmutableSortedDictionary.CreateBuilder<TKey, TValue>(WireComparers.Order<TKey>(comparer));
        foreach (var (key, value) in items) builder[key] = value;
        return builder.ToImmutable();
    }
}
