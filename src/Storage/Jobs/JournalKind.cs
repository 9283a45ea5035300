namespace Actors.Storage.Jobs;

/// <summary>What an entry of a job's journal is. The values are stored, and order what is kept longest: never renumber them.</summary>
public enum JournalKind
{
    /// <summary>The job moved: created, started, asked, answered, ended.</summary>
    State = 0,

    /// <summary>A line that the tool logged.</summary>
    Log = 1,

    /// <summary>How far the tool is. The first to go where there is too much.</summary>
    Progress = 2,
}
