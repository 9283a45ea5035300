namespace Orleans.Serialization.Wire;

/// <summary>An immutable dictionary, built from its pairs when they are all there.</summary>
internal abstract class BuiltMapCodec<TMap, TKey, TValue> : MapCodec<TMap, TKey, TValue>
    where TMap : class, IReadOnlyDictionary<TKey, TValue>
    where TKey : notnull
{
    protected abstract TMap Build(Dictionary<TKey, TValue> items, byte comparer);

    public override object ReadBody(ref WireReader reader, int number)
    {
        var count = ReadStart(ref reader, out var form, out var comparer);
        var items = new Dictionary<TKey, TValue>(Math.Min(count, WireLimits.MaxTrustedCount));
        reader.Enter();
        for (var i = 0; i < count; i++)
        {
            var key = ReadKey(ref reader, form);
            items[key] = ReadItem(ref reader, form);
        }

        reader.Leave();
        return Build(items, comparer);
    }
}
