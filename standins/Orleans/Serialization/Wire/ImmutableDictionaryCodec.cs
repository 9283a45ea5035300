using System.Collections.Immutable;

namespace Orleans.Serialization.Wire;

internal sealed class ImmutableDictionaryCodec<TKey, TValue> : BuiltMapCodec<ImmutableDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override byte ComparerOf(ImmutableDictionary<TKey, TValue> value) => WireComparers.CodeOf(value.KeyComparer);

    protected override ImmutableDictionary<TKey, TValue> Build(Dictionary<TKey, TValue> items, byte comparer) =>
        Distinct(items, WireComparers.Equality<TKey>(comparer)).ToImmutable();

    private static ImmutableDictionary<TKey, TValue>.Builder Distinct(Dictionary<TKey, TValue> items, IEqualityComparer<TKey> comparer)
    {
        var builder = ImmutableDictionary.CreateBuilder<TKey, TValue>(comparer);
        foreach (var (key, value) in items) builder[key] = value;
        return builder;
    }
}
