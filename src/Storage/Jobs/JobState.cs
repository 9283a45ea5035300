namespace Actors.Storage.Jobs;

/// <summary>What a job's grain persists: its row, or nothing while the job was never created.</summary>
public sealed class JobState
{
    public JobRow? Row { get; set; }
}
