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
    NotReady,
    Internal,
}
