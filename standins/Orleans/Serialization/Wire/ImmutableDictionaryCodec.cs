using System.Collections.Immutable;

namespace Orleans.Serialization.Wire;

internal sealed class ImmutableDictionaryCodec<TKey, TValue> : BuiltMapCodec<ImmutableDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override byte ComparerOf(ImmutableDictionary<TKey, TValue> value) => WireComparers.CodeOf(value.KeyComparer);

    protected override ImmutableDictionary<TKey, TValue> Build(List<KeyValuePair<TKey, TValue>> items, byte comparer)
    {
        var builder = ImmutableDictionary.CreateBuilder<TKey, TValue>(WireComparers.Equality<TKey>(comparer));
        foreach (var (key, value) in items) builder[key] = value;
        return builder.ToImmutable();
    }
}
