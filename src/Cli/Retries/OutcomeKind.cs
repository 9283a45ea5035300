namespace Actors.Cli.Retries;

internal enum OutcomeKind
{
    /// <summary>The host has its answer, or wants none any more.</summary>
    Answered,

    /// <summary>The server surely did not run it: any request may be sent again.</summary>
    NotRun,

    /// <summary>Nobody knows: only a request that may run twice is sent again.</summary>
    MayHaveRun,

    /// <summary>There is nothing to wait for: this error is the answer.</summary>
    Refused,
}
