namespace Actors.Jobs;

/// <summary>What becomes of a job whose question nobody answered in time.</summary>
public enum OnInputExpiry
{
    /// <summary>It fails.</summary>
    Fail = 0,

    /// <summary>It is cancelled.</summary>
    Cancel = 1,

    /// <summary>An elicitation is answered with <c>cancel</c>, and the tool goes on; a question of another kind fails the job.</summary>
    Dismiss = 2,
}
