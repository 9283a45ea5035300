using System.Globalization;
using Orleans.Metadata;
using Orleans.Placement;
using Orleans.Runtime;

namespace Orleans.Concurrency;

/// <summary>Several activations of one grain may work at once, by default one per processor.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : PlacementAttribute, IGrainPropertiesProviderAttribute
{
    private readonly StatelessWorkerPlacement _placement;

    public StatelessWorkerAttribute() : this(new StatelessWorkerPlacement())
    {
    }

    public StatelessWorkerAttribute(int maxLocalWorkers) : this(new StatelessWorkerPlacement(maxLocalWorkers))
    {
    }

    public StatelessWorkerAttribute(int maxLocalWorkers, bool removeIdleWorkers)
        : this(new StatelessWorkerPlacement(maxLocalWorkers, removeIdleWorkers))
    {
    }

    private StatelessWorkerAttribute(StatelessWorkerPlacement placement) : base(placement) => _placement = placement;

    public override void Populate(
        IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties)
    {
        base.Populate(services, grainClass, grainType, properties);
        properties["max-local-workers"] = _placement.MaxLocalWorkers.ToString(CultureInfo.InvariantCulture);
    }
}
