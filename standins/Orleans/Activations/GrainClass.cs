using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Calls;
using Orleans.Configuration;
using Orleans.Concurrency;
using Orleans.GrainDirectory;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Activations;

/// <summary>What all activations of a grain class have in common.</summary>
internal sealed class GrainClass
{
    private readonly ConcurrentDictionary<MethodInfo, MethodInfo> _implementations = new();
    private readonly GrainConstructor _constructor;

    public GrainClass(
        Type type, GrainType grainType, IServiceProvider services, GrainCollectionOptions collection,
        SiloMessagingOptions messaging, IIncomingGrainCallFilter[] filters, ActivationLog log)
    {
        Type = type;
        GrainType = grainType;
        Log = log;
        Collection = collection;
        _constructor = new GrainConstructor(type, services);
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        var pool = type.GetCustomAttribute<StatelessWorkerAttribute>()?.PlacementStrategy as StatelessWorkerPlacement;
        MaxLocalWorkers = pool?.MaxLocalWorkers;
        PrefersLocal = type.IsDefined(typeof(PreferLocalPlacementAttribute), inherit: true);
        IsOfSystem = typeof(ISystemGrain).IsAssignableFrom(type);
        MaxWaitingCalls = pool is null ? messaging.MaxEnqueuedRequestsHardLimit : messaging.MaxEnqueuedRequestsHardLimit_StatelessWorker;
        MayInterleave = MayInterleaveOf(type);
        CollectionAge = AgeOf(type, collection);
        IncomingFilters = IsOfSystem ? null : filters.Length > 0 || typeof(IIncomingGrainCallFilter).IsAssignableFrom(type) ? filters : null;
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public ActivationLog Log { get; }

    public GrainCollectionOptions Collection { get; }

    public bool IsReentrant { get; }

    /// <summary>For a stateless worker, how many activations one grain may have; null for any other class.</summary>
    public int? MaxLocalWorkers { get; }

    /// <summary>How many calls may wait at one activation; 0 for any number.</summary>
    public int MaxWaitingCalls { get; }

    public Func<object, IInvokable, bool>? MayInterleave { get; }

    /// <summary>Activate where the first call arrives.</summary>
    public bool PrefersLocal { get; }

    /// <summary>Of the runtime itself, and there until the silo is gone.</summary>
    public bool IsOfSystem { get; }

    /// <summary>How long a grain may be idle; infinite for never collected.</summary>
    public TimeSpan CollectionAge { get; }

    /// <summary>The silo's incoming filters, or null when calls of this class meet none.</summary>
    public IIncomingGrainCallFilter[]? IncomingFilters { get; }

    public object CreateInstance(Activation activation) => _constructor.Create(activation);

    public MethodInfo ImplementationOf(CallMethod method) =>
        _implementations.GetOrAdd(method.Method, static (interfaceMethod, grainType) =>
        {
            if (!interfaceMethod.DeclaringType!.IsAssignableFrom(grainType)) return interfaceMethod;
            var map = grainType.GetInterfaceMap(interfaceMethod.DeclaringType);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, interfaceMethod)];
        }, Type);

    private static TimeSpan AgeOf(Type type, GrainCollectionOptions options)
    {
        if (options.ClassSpecificCollectionAge.TryGetValue(type.FullName!, out var specific)) return specific;
        if (type.GetCustomAttribute<KeepAliveAttribute>() is not null) return Timeout.InfiniteTimeSpan;
        return type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit ?? options.CollectionAge;
    }

    private static Func<object, IInvokable, bool>? MayInterleaveOf(Type type)
    {
        if (type.GetCustomAttribute<MayInterleaveAttribute>() is not { } attribute) return null;

        var method = type.GetMethod(
            attribute.CallbackMethodName,
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.FlattenHierarchy,
            [typeof(IInvokable)]);
        if (method is null || method.ReturnType != typeof(bool))
            throw new InvalidOperationException(
                $"Class {type.FullName} doesn't declare the method bool {attribute.CallbackMethodName}(IInvokable) that its [MayInterleave] names.");

        if (!method.IsStatic) return (grain, call) => (bool)method.Invoke(grain, [call])!;

        var predicate = method.CreateDelegate<Func<IInvokable, bool>>();
        return (_, call) => predicate(call);
    }
}
