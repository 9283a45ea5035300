namespace Orleans.Serialization.Wire;

/// <summary>A mutable dictionary, made empty and filled, so that what it holds may refer to it.</summary>
internal abstract class FilledMapCodec<TMap, TKey, TValue> : MapCodec<TMap, TKey, TValue>
    where TMap : class, IReadOnlyDictionary<TKey, TValue>, IDictionary<TKey, TValue>
    where TKey : notnull
{
    public override bool IsRemembered => true;

    protected abstract TMap New(int capacity, byte comparer);

    public override object ReadBody(ref WireReader reader, int number)
    {
        var count = ReadStart(ref reader, out var form, out var comparer);
        var map = New(Math.Min(count, WireLimits.MaxTrustedCount), comparer);
        reader.SetRemembered(number, map);
        reader.Enter();
        try
        {
            for (var i = 0; i < count; i++)
            {
                var key = ReadKey(ref reader, form);
                ((IDictionary<TKey, TValue>)map)[key] = ReadItem(ref reader, form);
            }
        }
        catch (Exception exception) when (exception is not SerializerException)
        {
            // The keys' own code compares them.
            throw WireReader.Corrupt("keys cannot be compared", exception);
        }

        reader.Leave();
        return map;
    }
}
