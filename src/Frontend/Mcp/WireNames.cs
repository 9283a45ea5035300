using System.Text.Json;

namespace Actors.Frontend.Mcp;

/// <summary>Member names and values of the wire, encoded once.</summary>
internal static class WireNames
{
    public const string TasksExtension = "io.modelcontextprotocol/tasks";

    /// <summary>In a result's <c>_meta</c>: the call has joined the job of an earlier one.</summary>
    public static readonly JsonEncodedText Joined = JsonEncodedText.Encode("actors/joined");

    public static readonly JsonEncodedText JsonRpc = JsonEncodedText.Encode("jsonrpc");
    public static readonly JsonEncodedText Two = JsonEncodedText.Encode("2.0");
    public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    public static readonly JsonEncodedText Method = JsonEncodedText.Encode("method");
    public static readonly JsonEncodedText Params = JsonEncodedText.Encode("params");
    public static readonly JsonEncodedText Result = JsonEncodedText.Encode("result");
    public static readonly JsonEncodedText Error = JsonEncodedText.Encode("error");
    public static readonly JsonEncodedText Code = JsonEncodedText.Encode("code");
    public static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");
    public static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");
    public static readonly JsonEncodedText Meta = JsonEncodedText.Encode("_meta");
    public static readonly JsonEncodedText ResultType = JsonEncodedText.Encode("resultType");
    public static readonly JsonEncodedText Complete = JsonEncodedText.Encode("complete");
    public static readonly JsonEncodedText Task = JsonEncodedText.Encode("task");
    public static readonly JsonEncodedText InputRequired = JsonEncodedText.Encode("input_required");
    public static readonly JsonEncodedText InputRequests = JsonEncodedText.Encode("inputRequests");
    public static readonly JsonEncodedText SubscriptionId = JsonEncodedText.Encode("io.modelcontextprotocol/subscriptionId");
    public static readonly JsonEncodedText TtlMs = JsonEncodedText.Encode("ttlMs");
    public static readonly JsonEncodedText CacheScope = JsonEncodedText.Encode("cacheScope");
}
