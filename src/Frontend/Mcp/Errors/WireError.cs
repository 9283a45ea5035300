using Actors.Jobs;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Mcp.Errors;

/// <summary>An error as it goes out: JSON-RPC code, message and data, and the HTTP status that carries it.</summary>
internal sealed record WireError(int Code, string Message, byte[]? Data, int Status)
{
    public const int InvalidParamsCode = -32602;
    public const int InternalCode = -32603;
    private const int MethodNotFoundCode = -32601;
    private const int HeaderMismatchCode = -32020;
    private const int MissingCapabilityCode = -32021;
    private const int UnsupportedVersionCode = -32022;

    /// <summary>The one place where typed errors become protocol codes. Null: unknown, to be logged and answered generically.</summary>
    public static WireError? From(Exception exception) => exception switch
    {
        RefusedException refused => From(refused),
        JobRefusedException refused => From(refused.Error),
        BadHttpRequestException bad => new(-32600, "The HTTP request is malformed: " + bad.Message, null, bad.StatusCode),
        TimeoutException => new(InternalCode, "The server did not answer in time. Try again.", null, StatusCodes.Status200OK),
        _ => null,
    };

    public static WireError From(JobError error) => new(error.Code, error.Message, error.Data, StatusOf(error.Code));

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
            Refusal.NotReady => (InternalCode, 503),
            _ => (InternalCode, 200),
        };
        return new WireError(code, refused.Message, refused.ErrorData, status);
    }

    private static int StatusOf(int code) => code switch
    {
        MethodNotFoundCode => StatusCodes.Status404NotFound,
        HeaderMismatchCode or MissingCapabilityCode or UnsupportedVersionCode => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status200OK,
    };
}
