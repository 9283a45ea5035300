namespace Orleans.Serialization.Wire;

/// <summary>An immutable collection, built from its elements when they are all there.</summary>
internal abstract class BuiltCodec<TCollection, T> : CollectionCodec<TCollection, T>
    where TCollection : class, IEnumerable<T>
{
    protected abstract int CountOf(TCollection value);

    protected virtual byte ComparerOf(TCollection value) => WireComparers.Default;

    protected virtual IEnumerable<T> InOrder(TCollection value) => value;

    protected abstract TCollection Build(T[] items, byte comparer);

    protected override void WriteValue(ref WireWriter writer, TCollection value) =>
        Elements<T>.Write(ref writer, CountOf(value), InOrder(value), ComparerOf(value));

    public override object ReadBody(ref WireReader reader, int number)
    {
        var items = Elements<T>.Read(ref reader, out var comparer);
        try
        {
            return Build(items, comparer);
        }
        catch (Exception exception) when (exception is not SerializerException)
        {
            // Its elements' own code compares them.
            throw WireReader.Corrupt("elements cannot be compared", exception);
        }
    }
}
