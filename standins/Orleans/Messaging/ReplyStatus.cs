namespace Orleans.Messaging;

internal enum ReplyStatus : byte
{
    /// <summary>The result follows.</summary>
    Result = 0,

    /// <summary>The exception follows.</summary>
    Failure = 1,

    /// <summary>The call was not started and may be sent elsewhere; the reason follows.</summary>
    Refused = 2,

    /// <summary>A silo on the way is not there, and nobody knows whether the call was started; the reason follows.</summary>
    Unavailable = 3,

    /// <summary>The call was not started, and no silo was found for it; the reason follows. An older caller takes it for Unavailable.</summary>
    NotCarriedOut = 4
}
