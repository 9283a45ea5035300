namespace Actors.Storage.Jobs;

/// <summary>What a job's grain persists: its row, or nothing while the job was never created.</summary>
public sealed class JobState
{
    public JobRow? Row { get; set; }

    /// <summary>The row as the database has it, as far as is known: what it shares with <see cref="Row"/> is not written again.</summary>
    internal JobRow? Stored { get; set; }
}
