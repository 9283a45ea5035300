using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Numerics;
using Orleans.Calls;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>Which types' values can be shared between caller and grain because nobody can change them.</summary>
internal static class ImmutableTypes
{
    private static readonly HashSet<Type> Known =
    [
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly),
        typeof(TimeSpan), typeof(Guid), typeof(Half), typeof(Int128), typeof(UInt128), typeof(System.Text.Rune), typeof(Index), typeof(Range),
        typeof(BigInteger), typeof(Complex), typeof(Uri), typeof(Version), typeof(CultureInfo), typeof(IPAddress),
        typeof(IPEndPoint), typeof(CancellationToken), typeof(Nothing), typeof(GrainId), typeof(GrainType), typeof(IdSpan),
        typeof(GrainInterfaceType), typeof(ActivationId), typeof(SiloAddress), typeof(GrainAddress), typeof(DBNull)
    ];

    // Immutable as containers: what they hold decides.
    private static readonly HashSet<Type> Containers =
    [
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableDictionary<,>), typeof(ImmutableHashSet<>),
        typeof(ImmutableQueue<>), typeof(ImmutableStack<>), typeof(ImmutableSortedDictionary<,>), typeof(ImmutableSortedSet<>),
        typeof(Nullable<>), typeof(KeyValuePair<,>),
        typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>), typeof(ValueTuple<,,,,>),
        typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>), typeof(ValueTuple<,,,,,,,>),
        typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>), typeof(Tuple<,,,>), typeof(Tuple<,,,,>), typeof(Tuple<,,,,,>),
        typeof(Tuple<,,,,,,>), typeof(Tuple<,,,,,,,>)
    ];

    private static readonly ConcurrentDictionary<Type, bool> Answers = new();

    /// <summary>True when every value that a variable of this type can hold may be shared.</summary>
    public static bool Contains(Type type) => Answers.GetOrAdd(type, static candidate => Decide(candidate));

    /// <summary>True when a value of exactly this type may be shared, although a derived one might not.</summary>
    public static bool ContainsExactly(Type type) =>
        Contains(type) || IsMarked(type) || typeof(GrainReference).IsAssignableFrom(type) || typeof(Type).IsAssignableFrom(type)
        || typeof(Exception).IsAssignableFrom(type) || typeof(CultureInfo).IsAssignableFrom(type);

    /// <summary>True for the types that are immutable by themselves, whatever attributes others carry.</summary>
    public static bool IsElementary(Type type) => type.IsPrimitive || type.IsEnum || Known.Contains(type);

    /// <summary>True for an immutable container, whose elements decide.</summary>
    public static bool IsContainer(Type type) => Containers.Contains(type.GetGenericTypeDefinition());

    private static bool Decide(Type type)
    {
        if (IsElementary(type)) return true;

        if (type.IsGenericType)
        {
            if (type.GetGenericTypeDefinition() == typeof(Immutable<>)) return true;
            if (IsContainer(type)) return type.GetGenericArguments().All(Contains);
        }

        return (type.IsSealed || type.IsValueType) && IsMarked(type);
    }

    // One that holds what has no serializer goes to the copier, which says so.
    private static bool IsMarked(Type type) =>
        type.IsDefined(typeof(ImmutableAttribute), inherit: false)
        && type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)
        && SerializedMembers.AreKnown(type);
}
