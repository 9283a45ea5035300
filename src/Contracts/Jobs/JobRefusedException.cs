using Orleans;

namespace Actors.Jobs;

/// <summary>A call that cannot become a job, with the JSON-RPC error to answer.</summary>
[GenerateSerializer, Alias("actors.job-refused")]
public sealed class JobRefusedException : Exception
{
    public JobRefusedException(JobError error) : base(error.Message) => Error = error;

    [Id(0)] public JobError Error { get; }
}
