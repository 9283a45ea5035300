using System.Collections.Concurrent;
using Orleans.Activations;
using Orleans.Calls;
using Orleans.Runtime;

namespace Orleans.References;

/// <summary>Makes references: finds the class behind an interface once, and the emitted type that implements it.</summary>
internal sealed class ReferenceFactory
{
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), Maker> _byInterface = new();
    private readonly ConcurrentDictionary<(Type Interface, GrainType GrainType), Maker> _byGrainType = new();
    private readonly GrainTypes _types;

    public ReferenceFactory(GrainTypes types, CallRouter router)
    {
        _types = types;
        Router = router;
        router.References = this;
    }

    public CallRouter Router { get; }

    public GrainReference Create(Type interfaceType, IdSpan key, string? classNamePrefix = null) =>
        _byInterface.GetOrAdd((interfaceType, classNamePrefix), static (key, factory) =>
        {
            var grainType = factory._types.TypeOf(key.Interface, key.Prefix);
            return factory.MakerOf(key.Interface, grainType, factory._types.ClassOf(grainType));
        }, this).Make(key);

    public GrainReference Create(Type interfaceType, GrainId grainId) =>
        _byGrainType.GetOrAdd((interfaceType, grainId.Type), static (key, factory) =>
            factory.MakerOf(key.Interface, key.GrainType, factory._types.ClassOf(key.GrainType)), this).Make(grainId.Key);

    /// <summary>A reference that knows the grain but no interface; AsReference gives it one.</summary>
    public GrainReference CreateUntyped(GrainClass grainClass, IdSpan key) =>
        _byGrainType.GetOrAdd((typeof(IAddressable), grainClass.GrainType), static (key, state) =>
            state.factory.MakerOf(typeof(IAddressable), key.GrainType, state.grainClass), (factory: this, grainClass)).Make(key);

    public object Cast(GrainReference reference, Type interfaceType) =>
        interfaceType.IsInstanceOfType(reference) ? reference : Create(interfaceType, reference.GrainId);

    private Maker MakerOf(Type interfaceType, GrainType grainType, GrainClass? grainClass)
    {
        if (!interfaceType.IsInterface || !typeof(IAddressable).IsAssignableFrom(interfaceType))
            throw new ArgumentException($"{interfaceType.FullName} is not a grain interface.", nameof(interfaceType));

        var shared = new GrainReferenceShared(
            grainType, GrainInterfaces.NameOf(interfaceType), interfaceType.FullName!, grainClass, this);
        return new Maker(shared, ReferenceEmitter.ConstructorOf(interfaceType));
    }

    private sealed class Maker(GrainReferenceShared shared, Func<GrainReferenceShared, IdSpan, GrainReference> construct)
    {
        public GrainReference Make(IdSpan key) => construct(shared, key);
    }
}
