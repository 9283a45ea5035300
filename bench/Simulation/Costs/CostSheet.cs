namespace Actors.Bench.Simulation.Costs;

/// <summary>What each piece of work takes of a processor, a disk or memory. A job that is created, run and ended is written twice.</summary>
internal sealed record CostSheet
{
    /// <summary>A request in the process that speaks MCP: read, checked, answered.</summary>
    public required double RequestUs { get; init; }

    /// <summary>What a create takes beside its request, in the process that has the grain.</summary>
    public required double CreateUs { get; init; }

    /// <summary>What running a job and ending it takes there.</summary>
    public required double EndUs { get; init; }

    /// <summary>A call or an answer between frontend and silo, both ends together.</summary>
    public double HopUs { get; init; }

    /// <summary>A request of the job tools, which answers in the way of a call.</summary>
    public double CallUs { get; init; }

    /// <summary>A transaction in PostgreSQL, whatever it writes.</summary>
    public required double CommitUs { get; init; }

    /// <summary>A row of a batch, of a job that has a slot.</summary>
    public required double RowUs { get; init; }

    /// <summary>A row of a batch, of a job that is put in line.</summary>
    public required double LineRowUs { get; init; }

    /// <summary>Until a commit is durable, whatever is in it.</summary>
    public required double SyncUs { get; init; }

    /// <summary>For each row that becomes durable with it.</summary>
    public double SyncRowUs { get; init; }

    /// <summary>A claim of up to <see cref="MeasuredRows.JobsPerClaim"/> jobs in PostgreSQL; each further job is a row.</summary>
    public double ClaimUs { get; init; }

    /// <summary>A word about a job to one who listens.</summary>
    public double WordUs { get; init; }

    /// <summary>A running job that waits, each second, in its silo.</summary>
    public double LiveUsPerSecond { get; init; }

    /// <summary>A listener that hears nothing, each second, in its frontend.</summary>
    public double ListenerUsPerSecond { get; init; }

    public double LiveKiB { get; init; }

    public double ListenerKiB { get; init; }
}
