namespace Orleans.Serialization;

/// <summary>Copies what crosses a grain call, so that caller and grain never share something that can change.</summary>
internal static class DeepCopy
{
    public static T Copy<T>(T value)
    {
        if (value is null || DeepCopy<T>.IsImmutable) return value;

        return DeepCopy<T>.Copy(value, new CopyScope());
    }

    public static bool IsImmutableValue(object value) => ImmutableTypes.ContainsExactly(value.GetType());
}
