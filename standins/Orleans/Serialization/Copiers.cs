using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace Orleans.Serialization;

/// <summary>The copiers by runtime type: compiled for [GenerateSerializer] types, known for the usual collections.</summary>
internal static class Copiers
{
    private static readonly ConcurrentDictionary<Type, Func<object, CopyScope, object>> ByType = new();

    public static object CopyObject(object value, CopyScope scope)
    {
        var copier = ByType.GetOrAdd(value.GetType(), static type => Find(type));
        return ReferenceEquals(copier, Share) ? value : scope.Find(value) ?? copier(value, scope);
    }

    /// <summary>True for a mutable collection that has a copier, whose elements decide.</summary>
    public static bool IsCollection(Type type)
    {
        var definition = type.GetGenericTypeDefinition();
        return CollectionCopiers.NameOf(definition) is not null
            || definition == typeof(ReadOnlyMemory<>) || definition == typeof(Memory<>) || definition == typeof(ArraySegment<>);
    }

    public static Delegate ForValueType(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Known(nameof(CollectionCopiers.Nullable), underlying);
        if (type.IsGenericType)
        {
            var arguments = type.GetGenericArguments();
            var definition = type.GetGenericTypeDefinition();
            if (definition == typeof(ImmutableArray<>)) return Known(nameof(CollectionCopiers.ImmutableArray), arguments);
            if (definition == typeof(ReadOnlyMemory<>)) return Known(nameof(CollectionCopiers.ReadOnlyMemory), arguments);
            if (definition == typeof(Memory<>)) return Known(nameof(CollectionCopiers.Memory), arguments);
            if (definition == typeof(ArraySegment<>)) return Known(nameof(CollectionCopiers.ArraySegment), arguments);
        }

        return MemberCopier.Compile(type);
    }

    private static readonly Func<object, CopyScope, object> Share = static (value, _) => value;

    private static Func<object, CopyScope, object> Find(Type type)
    {
        if (ImmutableTypes.ContainsExactly(type)) return Share;
        // A grain passed as an argument arrives as a reference to it.
        if (typeof(IGrainBase).IsAssignableFrom(type)) return static (value, _) => ((IGrainBase)value).GrainContext.GrainReference;
        if (type.IsArray && type.GetArrayRank() == 1) return Typed(Known(nameof(CollectionCopiers.Array), type.GetElementType()!), type);
        if (type.IsGenericType && CollectionCopiers.NameOf(type.GetGenericTypeDefinition()) is { } name)
            return Typed(Known(name, type.GetGenericArguments()), type);
        return Typed(type.IsValueType ? ForValueType(type) : MemberCopier.Compile(type), type);
    }

    private static Delegate Known(string name, params Type[] arguments)
    {
        var method = typeof(CollectionCopiers).GetMethod(name, BindingFlags.Static | BindingFlags.Public)!.MakeGenericMethod(arguments);
        var type = method.ReturnType;
        return method.CreateDelegate(typeof(Func<,,>).MakeGenericType(type, typeof(CopyScope), type));
    }

    private static Func<object, CopyScope, object> Typed(Delegate copier, Type type) =>
        typeof(Copiers).GetMethod(nameof(Box), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(type)
            .CreateDelegate<Func<Delegate, Func<object, CopyScope, object>>>()(copier);

    private static Func<object, CopyScope, object> Box<T>(Delegate copier)
    {
        var typed = (Func<T, CopyScope, T>)copier;
        return (value, scope) => typed((T)value, scope)!;
    }
}
