namespace Orleans.Membership;

/// <summary>What a probe of another silo found.</summary>
internal enum ProbeOutcome
{
    /// <summary>That silo, of that generation, answered.</summary>
    Answered,

    /// <summary>No answer: the connection could not be made or broke, or nothing came back.</summary>
    Unanswered,

    /// <summary>The process is certainly not there: the connection was refused, or another generation answered at that endpoint.</summary>
    Gone
}
