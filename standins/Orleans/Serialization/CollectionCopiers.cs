using System.Collections.Immutable;

namespace Orleans.Serialization;

/// <summary>Copiers of the collections that Orleans' serializer knows.</summary>
internal static class CollectionCopiers
{
    public static string? NameOf(Type definition)
    {
        if (definition == typeof(List<>)) return nameof(List);
        if (definition == typeof(Dictionary<,>)) return nameof(Dictionary);
        if (definition == typeof(HashSet<>)) return nameof(HashSet);
        if (definition == typeof(Queue<>)) return nameof(Queue);
        if (definition == typeof(Stack<>)) return nameof(Stack);
        if (definition == typeof(SortedDictionary<,>)) return nameof(SortedDictionary);
        if (definition == typeof(ImmutableList<>)) return nameof(ImmutableList);
        return definition == typeof(ImmutableDictionary<,>) ? nameof(ImmutableDictionary) : null;
    }

    public static T[] Array<T>(T[] value, CopyScope scope)
    {
        if (DeepCopy<T>.IsImmutable) return (T[])value.Clone();

        var copy = new T[value.Length];
        scope.Remember(value, copy);
        for (var i = 0; i < copy.Length; i++) copy[i] = DeepCopy<T>.Copy(value[i], scope);
        return copy;
    }

    public static List<T> List<T>(List<T> value, CopyScope scope)
    {
        if (DeepCopy<T>.IsImmutable) return new List<T>(value);

        var copy = new List<T>(value.Count);
        scope.Remember(value, copy);
        foreach (var item in value) copy.Add(DeepCopy<T>.Copy(item, scope));
        return copy;
    }

    public static Dictionary<TKey, TValue> Dictionary<TKey, TValue>(Dictionary<TKey, TValue> value, CopyScope scope)
        where TKey : notnull
    {
        var copy = new Dictionary<TKey, TValue>(value.Count, value.Comparer);
        scope.Remember(value, copy);
        foreach (var (key, item) in value) copy.Add(DeepCopy<TKey>.Copy(key, scope), DeepCopy<TValue>.Copy(item, scope));
        return copy;
    }

    public static SortedDictionary<TKey, TValue> SortedDictionary<TKey, TValue>(SortedDictionary<TKey, TValue> value, CopyScope scope)
        where TKey : notnull
    {
        var copy = new SortedDictionary<TKey, TValue>(value.Comparer);
        scope.Remember(value, copy);
        foreach (var (key, item) in value) copy.Add(DeepCopy<TKey>.Copy(key, scope), DeepCopy<TValue>.Copy(item, scope));
        return copy;
    }

    public static HashSet<T> HashSet<T>(HashSet<T> value, CopyScope scope)
    {
        var copy = new HashSet<T>(value.Count, value.Comparer);
        scope.Remember(value, copy);
        foreach (var item in value) copy.Add(DeepCopy<T>.Copy(item, scope));
        return copy;
    }

    public static Queue<T> Queue<T>(Queue<T> value, CopyScope scope)
    {
        var copy = new Queue<T>(value.Count);
        scope.Remember(value, copy);
        foreach (var item in value) copy.Enqueue(DeepCopy<T>.Copy(item, scope));
        return copy;
    }

    public static Stack<T> Stack<T>(Stack<T> value, CopyScope scope)
    {
        var copy = new Stack<T>(value.Count);
        scope.Remember(value, copy);
        foreach (var item in value.Reverse()) copy.Push(DeepCopy<T>.Copy(item, scope));
        return copy;
    }

    public static ImmutableArray<T> ImmutableArray<T>(ImmutableArray<T> value, CopyScope scope) =>
        value.IsDefault ? value : [.. value.Select(item => DeepCopy<T>.Copy(item, scope))];

    public static ImmutableList<T> ImmutableList<T>(ImmutableList<T> value, CopyScope scope) =>
        [.. value.Select(item => DeepCopy<T>.Copy(item, scope))];

    public static ImmutableDictionary<TKey, TValue> ImmutableDictionary<TKey, TValue>(
        ImmutableDictionary<TKey, TValue> value, CopyScope scope) where TKey : notnull =>
        value.ToImmutableDictionary(
            item => DeepCopy<TKey>.Copy(item.Key, scope), item => DeepCopy<TValue>.Copy(item.Value, scope),
            value.KeyComparer, value.ValueComparer);

    public static ReadOnlyMemory<T> ReadOnlyMemory<T>(ReadOnlyMemory<T> value, CopyScope scope) => Array(value.ToArray(), scope);

    public static Memory<T> Memory<T>(Memory<T> value, CopyScope scope) => Array(value.ToArray(), scope);

    public static ArraySegment<T> ArraySegment<T>(ArraySegment<T> value, CopyScope scope) =>
        value.Array is null ? value : new ArraySegment<T>(Array(value.ToArray(), scope));

    public static T? Nullable<T>(T? value, CopyScope scope) where T : struct =>
        value is { } inner ? DeepCopy<T>.Copy(inner, scope) : null;
}
