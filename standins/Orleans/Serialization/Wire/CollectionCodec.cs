namespace Orleans.Serialization.Wire;

/// <summary>A class of collections of T.</summary>
internal abstract class CollectionCodec<TCollection, T>() : ReferenceCodec<TCollection>(WireType.Collection)
    where TCollection : class
{
    // As DeepCopy does it: copies of lists of immutable elements do not know of each other.
    protected static readonly bool HoldsMutable = !ImmutableTypes.Contains(typeof(T));
}
