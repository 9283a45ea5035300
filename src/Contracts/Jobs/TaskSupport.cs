namespace Actors.Jobs;

/// <summary>What a job tool does for a client that does not speak tasks.</summary>
public enum TaskSupport
{
    /// <summary>Waits out the sync window, then hands over the job tools.</summary>
    Optional = 0,

    /// <summary>Refuses: error -32021 names the tasks extension as required.</summary>
    Required = 1,
}
