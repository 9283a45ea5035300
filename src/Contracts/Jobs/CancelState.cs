namespace Actors.Jobs;

/// <summary>What became of a request to cancel. The values are stored: never renumber them.</summary>
public enum CancelState
{
    /// <summary>Nobody asked.</summary>
    None = 0,
    /// <summary>Asked, durably; the tool has not been told yet.</summary>
    Requested = 1,
    /// <summary>The tool's cancellation token is set; it has not stopped yet.</summary>
    Delivered = 2,
    /// <summary>The tool stopped because of it.</summary>
    Stopped = 3,
    /// <summary>The tool ended on its own first; its outcome stands.</summary>
    TooLate = 4,
    /// <summary>The tool went on until the deadline; its attempt was fenced off and may not write any more.</summary>
    Ignored = 5,
}
