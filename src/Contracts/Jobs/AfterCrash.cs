namespace Actors.Jobs;

/// <summary>What becomes of a job whose process died while it ran.</summary>
public enum AfterCrash
{
    /// <summary>Another attempt runs, and finds the last checkpoint and the results of the steps.</summary>
    Resume = 0,

    /// <summary>The job fails, because its side effects must not happen twice.</summary>
    Fail = 1,

    /// <summary>Another attempt runs from the start: without checkpoint, and every step again.</summary>
    Retry = 2,
}
