using System.Text;
using Actors.Frontend.Retries;
using Actors.Jobs;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Mcp.Errors;

/// <summary>An error as it goes out: JSON-RPC code, message and data, and the HTTP status that carries it.</summary>
internal sealed record WireError(int Code, string Message, byte[]? Data, int Status)
{
    public const int InvalidParamsCode = -32602;
    public const int InternalCode = -32603;

    /// <summary>
    /// Try again: <c>data.retryAfterMs</c> says when. Outside the range that JSON-RPC reserves, where the protocol wants codes
    /// of one's own (Base Protocol, Error Codes); after the HTTP status that carries it.
    /// </summary>
    public const int UnavailableCode = 503;

    /// <summary>Look before trying again: the call may or may not have run.</summary>
    public const int UncertainCode = 504;

    private const int UnavailableSeconds = 1;

    private const int MethodNotFoundCode = -32601;
    private const int HeaderMismatchCode = -32020;
    private const int MissingCapabilityCode = -32021;
    private const int UnsupportedVersionCode = -32022;

    /// <summary>What the header Retry-After says; null: it is not there.</summary>
    public int? RetryAfterSeconds { get; init; }

    private static readonly byte[] RetryAfter = Encoding.UTF8.GetBytes($"{{\"retryAfterMs\":{UnavailableSeconds * 1000}}}");

    /// <summary>
    /// The <c>data</c> of a 503 to a call that may have become a job all the same: whoever repeats requests by itself must not
    /// repeat this one unseen.
    /// </summary>
    /// <param name="jobId">The handle that the job would have; one of ours, which needs no escaping.</param>
    public static byte[] TryAgainButLookAt(string jobId) =>
        Encoding.UTF8.GetBytes($"{{\"retryAfterMs\":{UnavailableSeconds * 1000},\"jobId\":\"{jobId}\"}}");

    /// <summary>The one place where typed errors become protocol codes. Null: unknown, to be logged and answered generically.</summary>
    public static WireError? From(Exception exception) => exception switch
    {
        RefusedException refused => From(refused),
        JobRefusedException refused => From(refused.Error),
        LimitReachedException reached => From(reached.Limit),
        BadHttpRequestException bad => new(-32600, "The HTTP request is malformed: " + bad.Message, null, bad.StatusCode),
        _ when Transient.Is(exception) => From(Unavailable.Because(exception)),
        _ => null,
    };

    public static WireError From(JobError error) => new(error.Code, error.Message, error.Data, StatusOf(error.Code))
    {
        RetryAfterSeconds = LimitReached.Of(error)?.RetryAfterSeconds,
    };

    private static WireError From(LimitReached limit) => From(limit.ToError());

    private static WireError From(RefusedException refused)
    {
        var (code, status) = refused.Refusal switch
        {
            Refusal.NotJson => (-32700, 400),
            Refusal.InvalidRequest => (-32600, 400),
            Refusal.MethodNotFound => (MethodNotFoundCode, 404),
            Refusal.InvalidMeta => (InvalidParamsCode, 400),
            // Clients of both eras take an unrecognised error on a 400 for an old server and start over with
            // initialize (Versioning, Backward Compatibility), so a method's own errors travel on 200.
            Refusal.InvalidParams => (InvalidParamsCode, 200),
            Refusal.HeaderMismatch => (HeaderMismatchCode, 400),
            Refusal.MissingCapability => (MissingCapabilityCode, 400),
            Refusal.UnsupportedVersion => (UnsupportedVersionCode, 400),
            Refusal.NotAcceptable => (-32600, 406),
            Refusal.UnsupportedMediaType => (-32600, 415),
            Refusal.BodyTooLarge => (-32600, 413),
            Refusal.Unauthenticated => (-32600, 401),
            Refusal.Forbidden => (-32600, 403),
            Refusal.HttpMethodNotAllowed => (-32600, 405),
            // 2025-11-25, Session Management, 3; the code is that of the official SDKs.
            Refusal.SessionNotFound => (-32001, 404),
            Refusal.Unavailable => (UnavailableCode, 503),
            Refusal.Uncertain => (UncertainCode, 200),
            _ => (InternalCode, 200),
        };
        return new WireError(code, refused.Message, refused.ErrorData ?? (code == UnavailableCode ? RetryAfter : null), status)
        {
            RetryAfterSeconds = code == UnavailableCode ? UnavailableSeconds : null,
        };
    }

    private static int StatusOf(int code) => code switch
    {
        MethodNotFoundCode => StatusCodes.Status404NotFound,
        HeaderMismatchCode or MissingCapabilityCode or UnsupportedVersionCode => StatusCodes.Status400BadRequest,
        LimitReached.Code => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status200OK,
    };
}
