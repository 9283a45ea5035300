namespace Orleans.Serialization.Wire;

/// <summary>A dictionary class; the immutable ones read into a list of pairs first.</summary>
internal abstract class MapCodec<TMap, TKey, TValue>() : ReferenceCodec<TMap>(WireType.Collection)
    where TMap : class, IReadOnlyDictionary<TKey, TValue>
    where TKey : notnull
{
    protected abstract byte ComparerOf(TMap value);

    protected override void WriteValue(ref WireWriter writer, TMap value)
    {
        var comparer = ComparerOf(value);
        writer.Enter();
        writer.WriteVarUInt((ulong)value.Count);
        var keys = Codec<TKey>.Instance;
        var values = Codec<TValue>.Instance;
        writer.WriteByte(CollectionForm.OfPairs(keys.WireType, values.WireType, comparer != WireComparers.Default).Code);
        if (comparer != WireComparers.Default) writer.WriteByte(comparer);
        foreach (var (key, item) in value)
        {
            keys.Write(ref writer, key);
            values.Write(ref writer, item);
        }

        writer.Leave();
    }

    protected static int ReadStart(ref WireReader reader, out CollectionForm form, out byte comparer)
    {
        var count = reader.ReadCount();
        form = new CollectionForm(reader.ReadByte());
        if (!form.IsPairs) throw WireReader.Mismatch(WireType.Collection, typeof(TMap));
        comparer = form.HasComparer ? reader.ReadByte() : WireComparers.Default;
        return count;
    }

    protected static TKey ReadKey(ref WireReader reader, CollectionForm form) =>
        Elements<TKey>.ReadOne(ref reader, Codec<TKey>.Instance, form.Element) ?? throw WireReader.Corrupt("a key is null");

    protected static TValue ReadItem(ref WireReader reader, CollectionForm form) =>
        Elements<TValue>.ReadOne(ref reader, Codec<TValue>.Instance, form.Value);
}
