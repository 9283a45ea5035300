using Actors.Jobs;
using Orleans;

namespace Actors.Grains.Jobs;

/// <summary>A move that the table of <see cref="JobMachine"/> does not have: a defect in the caller.</summary>
[GenerateSerializer, Alias("actors.illegal-job-move")]
public sealed class IllegalJobMoveException : Exception
{
    public IllegalJobMoveException(JobStatus from, JobStatus to)
        : base($"A job cannot move from {from} to {to}.")
    {
        From = from;
        To = to;
    }

    [Id(0)] public JobStatus From { get; }

    [Id(1)] public JobStatus To { get; }
}
