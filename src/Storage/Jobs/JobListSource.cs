namespace Actors.Storage.Jobs;

/// <summary>Where a list's jobs are read from.</summary>
internal enum JobListSource
{
    /// <summary>All of the owner's, newest first.</summary>
    Owner,

    /// <summary>Those in one of the states that few are in, newest first.</summary>
    State,

    /// <summary>Those with a label, newest first.</summary>
    Label,

    /// <summary>Those that are queued, or run: all of them are read and put in order. Quotas and slots bound how many there are.</summary>
    Live,
}
