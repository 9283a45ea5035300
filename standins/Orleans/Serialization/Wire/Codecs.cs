using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Serialization.Wire;

/// <summary>The codecs by type, each made once. What DeepCopy refuses has no codec either.</summary>
internal static class Codecs
{
    private static readonly ConcurrentDictionary<Type, Codec> ByType = new();

    private static readonly Dictionary<Type, Type> Collections = new()
    {
        [typeof(List<>)] = typeof(ListCodec<>),
        [typeof(HashSet<>)] = typeof(HashSetCodec<>),
        [typeof(Queue<>)] = typeof(QueueCodec<>),
        [typeof(Stack<>)] = typeof(StackCodec<>),
        [typeof(Dictionary<,>)] = typeof(DictionaryCodec<,>),
        [typeof(SortedDictionary<,>)] = typeof(SortedDictionaryCodec<,>),
        [typeof(ImmutableArray<>)] = typeof(ImmutableArrayCodec<>),
        [typeof(ImmutableList<>)] = typeof(ImmutableListCodec<>),
        [typeof(ImmutableHashSet<>)] = typeof(ImmutableHashSetCodec<>),
        [typeof(ImmutableSortedSet<>)] = typeof(ImmutableSortedSetCodec<>),
        [typeof(ImmutableQueue<>)] = typeof(ImmutableQueueCodec<>),
        [typeof(ImmutableStack<>)] = typeof(ImmutableStackCodec<>),
        [typeof(ImmutableDictionary<,>)] = typeof(ImmutableDictionaryCodec<,>),
        [typeof(ImmutableSortedDictionary<,>)] = typeof(ImmutableSortedDictionaryCodec<,>),
        [typeof(ReadOnlyMemory<>)] = typeof(ReadOnlyMemoryCodec<>),
        [typeof(Memory<>)] = typeof(MemoryCodec<>),
        [typeof(ArraySegment<>)] = typeof(ArraySegmentCodec<>),
        [typeof(Nullable<>)] = typeof(NullableCodec<>)
    };

    public static Codec Of(Type type) => ByType.TryGetValue(type, out var known) ? known : ByType.GetOrAdd(type, Create(type));

    /// <summary>The codec of a value behind a variable of another type.</summary>
    public static Codec OfValue(object value) => Of(value is Exception ? typeof(Exception) : value.GetType());

    /// <summary>True for the collections that a type's name on the wire may be made of.</summary>
    public static bool IsCollection(Type definition) => Collections.ContainsKey(definition);

    private static Codec Create(Type type)
    {
        if (type.IsPointer || type.IsByRefLike || type.ContainsGenericParameters) throw NotFound(type);
        if (ElementaryCodecs.Find(type) is { } elementary) return elementary;
        if (type.IsEnum) return Make(typeof(EnumCodec<,>), type, Enum.GetUnderlyingType(type));
        if (type.IsArray && type.GetArrayRank() == 1) return Make(typeof(ArrayCodec<>), type.GetElementType()!);
        if (type.IsGenericType)
        {
            if (Collections.TryGetValue(type.GetGenericTypeDefinition(), out var codec)) return Make(codec, type.GetGenericArguments());
            if (IsCollectionExpression(type)) return Make(typeof(CollectionExpressionCodec<>), type.GetGenericArguments());
        }

        // Whichever class it has, an exception and a grain are told in one way.
        if (typeof(Exception).IsAssignableFrom(type)) return type == typeof(Exception) ? new ExceptionCodec() : Make(typeof(DerivedExceptionCodec<>), type);
        if (type == typeof(GrainReference)) return new GrainReferenceCodec();
        if (typeof(GrainReference).IsAssignableFrom(type) || (typeof(IGrainBase).IsAssignableFrom(type) && type.IsClass)) return Of(typeof(GrainReference));
        if (type.IsValueType) return Make(typeof(StructCodec<>), type);
        return type.IsInterface || type.IsAbstract || type == typeof(object) ? Make(typeof(AbstractCodec<>), type) : Make(typeof(ObjectCodec<>), type);
    }

    // The compiler's own read-only lists, which an immutable record holds when it was given [a, b].
    private static bool IsCollectionExpression(Type type) => type.Name.StartsWith("<>z__ReadOnly", StringComparison.Ordinal);

    private static Codec Make(Type definition, params Type[] arguments)
    {
        try
        {
            return (Codec)Activator.CreateInstance(definition.MakeGenericType(arguments))!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is SerializerException inner)
        {
            throw inner;
        }
    }

    private static CodecNotFoundException NotFound(Type type) => new($"Could not find a codec for type {type}.");
}
