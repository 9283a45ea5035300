namespace Orleans.Runtime;

/// <summary>Places calls on a pool of workers of this silo, outside the directory.</summary>
internal sealed class StatelessWorkerPlacement(int maxLocalWorkers, bool removeIdleWorkers) : PlacementStrategy
{
    public StatelessWorkerPlacement() : this(Environment.ProcessorCount)
    {
    }

    public StatelessWorkerPlacement(int maxLocalWorkers) : this(maxLocalWorkers, removeIdleWorkers: true)
    {
    }

    public override bool IsUsingGrainDirectory => false;

    public int MaxLocalWorkers { get; } = maxLocalWorkers > 0 ? maxLocalWorkers : Environment.ProcessorCount;

    public bool RemoveIdleWorkers { get; } = removeIdleWorkers;
}
