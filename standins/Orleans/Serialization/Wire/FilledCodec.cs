namespace Orleans.Serialization.Wire;

/// <summary>A mutable collection that is made empty and filled, so that what it holds may refer to it.</summary>
internal abstract class FilledCodec<TCollection, T> : CollectionCodec<TCollection, T>
    where TCollection : class, IReadOnlyCollection<T>
{
    public override bool IsRemembered => true;

    protected virtual byte ComparerOf(TCollection value) => WireComparers.Default;

    protected virtual IEnumerable<T> InOrder(TCollection value) => value;

    protected abstract TCollection New(int capacity, byte comparer);

    protected abstract void Add(TCollection collection, T value);

    protected override void WriteValue(ref WireWriter writer, TCollection value) =>
        Elements<T>.Write(ref writer, value.Count, InOrder(value), ComparerOf(value));

    public override object ReadBody(ref WireReader reader, int number)
    {
        var count = Elements<T>.ReadStart(ref reader, out var form, out var comparer);
        var collection = New(Math.Min(count, WireLimits.MaxTrustedCount), comparer);
        reader.SetRemembered(number, collection);
        reader.Enter();
        var codec = Codec<T>.Instance;
        try
        {
            for (var i = 0; i < count; i++) Add(collection, Elements<T>.ReadOne(ref reader, codec, form.Element));
        }
        catch (Exception exception) when (exception is not SerializerException)
        {
            // Its elements' own code compares them.
            throw WireReader.Corrupt("elements cannot be compared", exception);
        }

        reader.Leave();
        return collection;
    }
}
