namespace Orleans.Serialization;

/// <summary>The copier of variables of one static type, found once.</summary>
internal static class DeepCopy<T>
{
    public static readonly bool IsImmutable = ImmutableTypes.Contains(typeof(T));

    // Found with the first copy and not before, so that what has no copier fails where it is used.
    private static Func<T, CopyScope, T>? s_exact;

    public static T Copy(T value, CopyScope scope)
    {
        if (IsImmutable || value is null) return value;

        // Only a value type's variable holds a value of exactly its type.
        if (!typeof(T).IsValueType) return (T)Copiers.CopyObject(value, scope);

        s_exact ??= (Func<T, CopyScope, T>)Copiers.ForValueType(typeof(T));
        return s_exact(value, scope);
    }
}
