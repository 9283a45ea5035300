namespace Actors.Jobs;

/// <summary>The way an answer came. The values are stored: never renumber them.</summary>
public enum AnswerChannel
{
    /// <summary>Not recorded, or a way that this version does not know.</summary>
    Unknown = 0,

    /// <summary><c>tasks/update</c>.</summary>
    TaskUpdate = 1,

    /// <summary>The client's response to a request on one of its session's streams.</summary>
    Session = 2,

    /// <summary>The tool <c>job_respond</c>.</summary>
    JobRespond = 3,

    /// <summary>A round of the call, before it became a job.</summary>
    Call = 4,

    /// <summary>Nobody: its time was over, and the tool's terms answered.</summary>
    Expiry = 5,
}
