namespace Actors.Frontend.Mcp.Errors;

/// <summary>Why a request is not served. <see cref="WireError"/> holds the JSON-RPC code and HTTP status of each.</summary>
internal enum Refusal
{
    NotJson,
    InvalidRequest,
    MethodNotFound,

    /// <summary>A required field of <c>_meta</c> is missing or malformed: the request as a whole cannot be understood.</summary>
    InvalidMeta,
    InvalidParams,
    HeaderMismatch,
    MissingCapability,
    UnsupportedVersion,
    NotAcceptable,
    UnsupportedMediaType,
    BodyTooLarge,
    Unauthenticated,
    Forbidden,
    HttpMethodNotAllowed,

    /// <summary>The session is unknown, has ended, or is somebody else's; the client begins another.</summary>
    SessionNotFound,

    /// <summary>Something is away that will be back, or full that will have room: the same request may be sent again.</summary>
    Unavailable,

    /// <summary>What ran the call went away: it may have had its effect or not, and only the caller can look.</summary>
    Uncertain,
    Internal,
}
