using System.Buffers;
using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Activations;
using Orleans.Runtime;

namespace Orleans.Serialization.Wire;

/// <summary>
/// The types that a message may name: those of the application with [GenerateSerializer], what .NET has that can be
/// passed, enums, and exceptions. A name is only ever looked up among these, never given to the loader.
/// </summary>
internal static class KnownTypes
{
    private static readonly ConcurrentDictionary<string, Type> ByName = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Type> GrainInterfaces = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<Assembly, bool> Scanned = new();
    private static readonly SearchValues<char> Grammar = SearchValues.Create("[],*&=\\ \t\r\n\0");
    private static readonly Lock Gate = new();
    private static int s_loadedCount = -1;
    private static int s_scannedAtCount = -2;

    static KnownTypes()
    {
        AppDomain.CurrentDomain.AssemblyLoad += static (_, _) => Interlocked.Increment(ref s_loadedCount);
    }

    /// <summary>The first [Alias] or the full name; of a generic type without its arguments.</summary>
    public static string NameOf(Type type) => type.GetCustomAttributes<AliasAttribute>(inherit: false).FirstOrDefault()?.Alias ?? type.FullName ?? type.Name;

    public static Type? Find(string name) => Look(ByName, name) ?? FindLoaded(name, static type => type.IsEnum || IsOfTheRuntime(type));

    public static Type? FindException(string name) =>
        Look(ByName, name) is { } known && typeof(Exception).IsAssignableFrom(known)
            ? known
            : FindLoaded(name, static type => typeof(Exception).IsAssignableFrom(type));

    public static Type? FindLoaded(string name) => Look(ByName, name) ?? Look(GrainInterfaces, name) ?? FindLoaded(name, static _ => true);

    public static Type? FindGrainInterface(string name) => Look(GrainInterfaces, name) ?? Find(name);

    /// <summary>A type that this process writes can be read by it too, wherever it was loaded from.</summary>
    public static void Add(Type type)
    {
        if (type.HasElementType)
        {
            Add(type.GetElementType()!);
            return;
        }

        foreach (var argument in type.IsGenericType ? type.GetGenericArguments() : []) Add(argument);
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        ByName.TryAdd(NameOf(definition), definition);
    }

    public static void AddGrainInterface(Type type)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        GrainInterfaces.TryAdd(NameOf(definition), definition);
    }

    private static Type? Look(ConcurrentDictionary<string, Type> names, string name)
    {
        if (names.TryGetValue(name, out var known)) return known;

        Scan();
        return names.GetValueOrDefault(name);
    }

    private static bool IsOfTheRuntime(Type type) =>
        ElementaryCodecs.Find(type) is not null
        || (type.IsGenericTypeDefinition && (Codecs.IsCollection(type) || ImmutableTypes.IsContainer(type)));

    // Asks the assemblies that are loaded already for a type of exactly this name; with the grammar of
    // Assembly.GetType a name could ask for more, such as the loading of an assembly.
    private static Type? FindLoaded(string name, Func<Type, bool> accept)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAny(Grammar)) return null;

        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
            if (!assembly.IsDynamic && TypeOf(assembly, name) is { } type && accept(type)) return type;
        return null;
    }

    private static Type? TypeOf(Assembly assembly, string name)
    {
        try
        {
            return assembly.GetType(name, throwOnError: false);
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or TypeLoadException)
        {
            // The type is there, and something that it needs is not.
            return null;
        }
    }

    private static void Scan()
    {
        if (Volatile.Read(ref s_scannedAtCount) == Volatile.Read(ref s_loadedCount)) return;

        lock (Gate)
        {
            int count;
            do
            {
                count = Volatile.Read(ref s_loadedCount);
                foreach (var assembly in GrainAssemblies.Find())
                    if (Scanned.TryAdd(assembly, true)) Scan(assembly);
            }
            while (count != Volatile.Read(ref s_loadedCount));
            Volatile.Write(ref s_scannedAtCount, count);
        }
    }

    private static void Scan(Assembly assembly)
    {
        foreach (var type in TypesOf(assembly))
        {
            if (type.IsInterface && typeof(IAddressable).IsAssignableFrom(type)) GrainInterfaces.TryAdd(NameOf(type), type);
            if (!type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)) continue;

            foreach (var alias in type.GetCustomAttributes<AliasAttribute>(inherit: false)) ByName.TryAdd(alias.Alias, type);
            if (type.FullName is { } name) ByName.TryAdd(name, type);
        }
    }

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            // An optional dependency of the assembly is not here; what needs it cannot be passed.
            return exception.Types.OfType<Type>();
        }
    }
}
