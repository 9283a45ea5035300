namespace Actors.Jobs;

/// <summary>What becomes of a job whose process died while it ran.</summary>
public enum AfterCrash
{
    /// <summary>Another attempt runs, and finds the last checkpoint.</summary>
    Resume = 0,

    /// <summary>The job fails, because its side effects must not happen twice.</summary>
    Fail = 1,
}
