namespace Actors.Storage.FollowUps;

/// <summary>What follows a job's end. The values are stored: never renumber them.</summary>
public enum FollowUpKind
{
    /// <summary>A call of another tool.</summary>
    Call = 0,

    /// <summary>A message to a webhook.</summary>
    Webhook = 1,
}
