using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Client;
using Orleans.Configuration;
using Orleans.Metadata;
using Orleans.References;
using Orleans.Runtime;
using Orleans.Serialization.Wire;

namespace Orleans.Activations;

/// <summary>The grain classes of the application, by their type in grain ids and by the interfaces they implement.</summary>
internal sealed class GrainClasses : GrainTypes
{
    private readonly Dictionary<GrainType, Type> _byGrainType = [];
    private readonly ConcurrentDictionary<GrainType, GrainClass> _classes = new();
    private readonly ConcurrentDictionary<(Type, string?), GrainClass> _byInterface = new();
    private readonly IServiceProvider _services;
    private readonly IIncomingGrainCallFilter[] _filters;
    private readonly Lazy<ImmutableArray<ManifestEntry>> _manifest;

    public GrainClasses(IServiceProvider services)
    {
        _services = services;
        _manifest = new Lazy<ImmutableArray<ManifestEntry>>(ListEntries);
        _filters = [.. services.GetServices<IIncomingGrainCallFilter>()];
        foreach (var type in GrainAssemblies.Find().SelectMany(ConcreteGrains))
        {
            var grainType = GrainTypeOf(type);
            if (!_byGrainType.TryAdd(grainType, type) && _byGrainType[grainType] != type)
                throw new OrleansConfigurationException(
                    $"The grain classes {type.FullName} and {_byGrainType[grainType].FullName} share the grain type \"{grainType}\": give one of them a [GrainType].");
        }
    }

    public GrainClass Get(GrainType grainType) =>
        _classes.GetOrAdd(grainType, static (grainType, classes) =>
            classes._byGrainType.TryGetValue(grainType, out var type)
                ? classes.Create(type, grainType)
                : throw new ArgumentException($"Could not find an implementation for grain type {grainType}."), this);

    /// <summary>The class, or null where this process has none of the type.</summary>
    public GrainClass? Find(GrainType grainType)
    {
        if (_classes.TryGetValue(grainType, out var known)) return known;
        if (_byGrainType.ContainsKey(grainType)) return Get(grainType);

        return FindGeneric(grainType.ToString()) is { } type ? Get(type) : null;
    }

    /// <summary>What clients must know to name a grain.</summary>
    public ImmutableArray<ManifestEntry> Manifest => _manifest.Value;

    /// <summary>The grain type of a generic class with the given arguments.</summary>
    public static string Close(string grainType, Type[] arguments) =>
        $"{grainType}[[{string.Join("],[", arguments.Select(argument => argument.FullName))}]]";

    public override GrainType TypeOf(Type interfaceType, string? classNamePrefix) => Get(interfaceType, classNamePrefix).GrainType;

    public override GrainClass? ClassOf(GrainType grainType) => Get(grainType);

    /// <summary>The class behind an interface; the prefix of its name decides when there are several.</summary>
    public GrainClass Get(Type interfaceType, string? classNamePrefix) =>
        _byInterface.GetOrAdd((interfaceType, classNamePrefix), static (key, classes) => classes.Find(key.Item1, key.Item2), this);

    private GrainClass Find(Type interfaceType, string? prefix)
    {
        var candidates = _byGrainType.Values
            .Select(type => Close(type, interfaceType))
            .Where(type => type is not null && interfaceType.IsAssignableFrom(type))
            .Select(type => type!)
            .Where(type => string.IsNullOrEmpty(prefix) || type.FullName!.StartsWith(prefix, StringComparison.Ordinal))
            .ToArray();
        // Of several, the one named as the interface without its I.
        var byName = candidates.Where(type => "I" + type.Name == interfaceType.Name).ToArray();
        return (candidates, byName) switch
        {
            ([var only], _) => Get(only),
            (_, [var named]) => Get(named),
            ([], _) => throw new ArgumentException($"Could not find an implementation for interface {interfaceType.FullName}."),
            _ => throw new ArgumentException(
                $"Unable to identify a single appropriate grain type for interface {interfaceType.FullName}. Candidates: "
                + string.Join(", ", candidates.Select(type => type.FullName)) + ".")
        };
    }

    private GrainClass Get(Type type)
    {
        var grainType = GrainTypeOf(type);
        return _classes.GetOrAdd(grainType, static (grainType, state) => state.Item1.Create(state.type, grainType), (this, type));
    }

    private GrainClass Create(Type type, GrainType grainType) => new(
        type, grainType, _services,
        _services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value,
        _services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value,
        _filters,
        _services.GetRequiredService<ActivationLog>());

    // A generic class behind a generic interface takes the interface's arguments.
    private static Type? Close(Type type, Type interfaceType)
    {
        if (!type.IsGenericTypeDefinition) return type;
        if (!interfaceType.IsGenericType || interfaceType.GetGenericArguments().Length != type.GetGenericArguments().Length) return null;

        try
        {
            return type.MakeGenericType(interfaceType.GetGenericArguments());
        }
        catch (ArgumentException)
        {
            // The class's constraints exclude these arguments.
            return null;
        }
    }

    private static IEnumerable<Type> ConcreteGrains(Assembly assembly) =>
        TypesOf(assembly).Where(type =>
            type is { IsClass: true, IsAbstract: false }
            && typeof(IAddressable).IsAssignableFrom(type)
            && typeof(IGrainBase).IsAssignableFrom(type)
            && type.GetInterfaces().Any(candidate => typeof(IGrain).IsAssignableFrom(candidate)));

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            // An optional dependency of the assembly is not here; what needs it cannot be a grain that works.
            return exception.Types.OfType<Type>();
        }
    }

    private GrainType GrainTypeOf(Type type)
    {
        if (type.GetCustomAttributes().OfType<IGrainTypeProviderAttribute>().FirstOrDefault() is { } provider)
            return provider.GetGrainType(_services, type);

        var name = (type.IsGenericType ? type.GetGenericTypeDefinition() : type).Name.ToLowerInvariant();
        var arity = name.IndexOf('`');
        var bare = arity < 0 ? name : name[..arity];
        if (bare.EndsWith("grain", StringComparison.Ordinal) && bare.Length > 5) bare = bare[..^5];
        if (arity >= 0) bare += name[arity..];
        if (type is { IsGenericType: true, IsGenericTypeDefinition: false })
            bare = Close(bare, type.GetGenericArguments());
        return GrainType.Create(bare);
    }

    // Another silo or a client has named a generic grain that this silo has not met: "box`1[[System.Int32]]".
    private Type? FindGeneric(string name)
    {
        var start = name.IndexOf("[[", StringComparison.Ordinal);
        if (start <= 0 || !name.EndsWith("]]", StringComparison.Ordinal)) return null;
        if (_byGrainType.GetValueOrDefault(GrainType.Create(name[..start])) is not { IsGenericTypeDefinition: true } definition) return null;

        var arguments = name[(start + 2)..^2].Split("],[").Select(KnownTypes.Find).OfType<Type>().ToArray();
        try
        {
            return arguments.Length == definition.GetGenericArguments().Length ? definition.MakeGenericType(arguments) : null;
        }
        catch (ArgumentException)
        {
            // The class's constraints exclude these arguments.
            return null;
        }
    }

    private ImmutableArray<ManifestEntry> ListEntries() =>
    [
        .. from entry in _byGrainType
           from interfaceType in entry.Value.GetInterfaces()
           where typeof(IGrain).IsAssignableFrom(interfaceType) && interfaceType != typeof(IGrain)
           let definition = interfaceType.IsGenericType ? interfaceType.GetGenericTypeDefinition() : interfaceType
           select new ManifestEntry(
               GrainInterfaces.NameOf(definition).ToString(), entry.Key.ToString(), entry.Value.FullName!, entry.Value.Name)
    ];
}
