namespace Orleans.Serialization.Wire;

/// <summary>An immutable dictionary, built from its pairs when they are all there.</summary>
internal abstract class BuiltMapCodec<TMap, TKey, TValue> : MapCodec<TMap, TKey, TValue>
    where TMap : class, IReadOnlyDictionary<TKey, TValue>
    where TKey : notnull
{
    protected abstract TMap Build(List<KeyValuePair<TKey, TValue>> items, byte comparer);

    public override object ReadBody(ref WireReader reader, int number)
    {
        var count = ReadStart(ref reader, out var form, out var comparer);
        var items = new List<KeyValuePair<TKey, TValue>>(Math.Min(count, WireLimits.MaxTrustedCount));
        reader.Enter();
        for (var i = 0; i < count; i++)
        {
            var key = ReadKey(ref reader, form);
            items.Add(KeyValuePair.Create(key, ReadItem(ref reader, form)));
        }

        reader.Leave();
        try
        {
            return Build(items, comparer);
        }
        catch (Exception exception) when (exception is not SerializerException)
        {
            // The keys' own code compares them.
            throw WireReader.Corrupt("keys cannot be compared", exception);
        }
    }
}
