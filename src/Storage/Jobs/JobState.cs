namespace Actors.Storage.Jobs;

/// <summary>What a job's grain persists: its row, or nothing while the job was never created.</summary>
public sealed class JobState
{
    public JobRow? Row { get; set; }

    /// <summary>A step to store with the row's next write, and only if that is stored.</summary>
    public StepResult? Step { get; set; }

    /// <summary>The row as the database has it, as far as is known: what it shares with <see cref="Row"/> is not written again.</summary>
    internal JobRow? Stored { get; set; }
}
