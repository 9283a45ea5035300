using Microsoft.Extensions.DependencyInjection;
using Orleans.Calls;
using Orleans.Core.Internal;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.Streams;

namespace Orleans.Activations;

/// <summary>
/// One grain in memory. This part is its identity and what the grain sees of it; Activation.Turns decides which
/// call may start, Activation.Lifetime how the activation begins and ends.
/// </summary>
internal sealed partial class Activation : CallTarget, IGrainContext, ICallChainReentrantGrainContext
{
    private readonly ActivationDirectory _directory;
    private Dictionary<Type, object>? _components;
    private IServiceScope? _scope;
    private GrainReference? _reference;
    private GrainLifecycle? _lifecycle;
    private GrainAddress? _address;

    public Activation(GrainClass grainClass, GrainId grainId, ActivationDirectory directory, StatelessWorkerPool? pool)
    {
        Class = grainClass;
        GrainId = grainId;
        _directory = directory;
        _pool = pool;
        Turns = new TurnScheduler(this);
        _lastUsedTicks = directory.NowTicks;
    }

    public GrainClass Class { get; }

    public TurnScheduler Turns { get; }

    public GrainId GrainId { get; }

    public TimeProvider Time => _directory.Time;

    public long NowTicks => _directory.NowTicks;

    public ActivationId ActivationId { get; } = ActivationId.NewId();

    public object? GrainInstance { get; private set; }

    public GrainReference GrainReference => _reference ??= _directory.References.CreateUntyped(Class, GrainId.Key);

    public GrainAddress Address => _address ??= new GrainAddress
    {
        GrainId = GrainId, ActivationId = ActivationId, SiloAddress = _directory.SiloAddress
    };

    public IServiceProvider ActivationServices => (_scope ??= _directory.Services.CreateScope()).ServiceProvider;

    public IGrainLifecycle ObservableLifecycle => _lifecycle ??= new GrainLifecycle();

    public IWorkItemScheduler Scheduler => Turns;

    public object? GetTarget() => GrainInstance;

    public object? GetComponent(Type componentType)
    {
        if (_components?.GetValueOrDefault(componentType) is { } component) return component;
        if (componentType.IsInstanceOfType(this)) return this;
        return componentType.IsInstanceOfType(GrainInstance) ? GrainInstance : null;
    }

    public void SetComponent<TComponent>(TComponent? value) where TComponent : class
    {
        if (value is null) _components?.Remove(typeof(TComponent));
        else (_components ??= [])[typeof(TComponent)] = value;
    }

    /// <summary>The streaming calls that this activation serves; made with the first.</summary>
    public ServedStreams Streams => _streams ??= new ServedStreams(this, _directory.StreamPollTime);

    private ServedStreams? _streams;

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    public override string ToString() => $"[Activation: {_directory.SiloAddress}/{GrainId}{ActivationId} {Class.Type.FullName} {_state}]";

    public void ReceiveMessage(object message)
    {
        if (message is not GrainCall call)
            throw new NotSupportedException("The Orleans stand-in delivers only its own messages to a grain context.");
        if (!TryReceive(call)) call.Fail(new OrleansMessageRejectionException($"{this} is gone."));
    }

    public void Rehydrate(IRehydrationContext context) => throw Hosting.NotCovered.Migration();

    public void Migrate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) =>
        throw Hosting.NotCovered.Migration();

    /// <summary>An activation whose write found another's state behind it has nothing valid in memory any more.</summary>
    public void OnFault(Exception exception)
    {
        if (exception is not InconsistentStateException { IsSourceActivation: true } inconsistent) return;

        inconsistent.IsSourceActivation = false;
        Deactivate(new DeactivationReason(
            DeactivationReasonCode.ApplicationError, exception, "The stored state is not the one this activation read."));
    }
}
