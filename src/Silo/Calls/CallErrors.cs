using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Jobs;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Actors.Silo.Calls;

/// <summary>The JSON-RPC errors that calls end with. What is not named here answers generically.</summary>
internal static class CallErrors
{
    public static JobError Internal { get; } = new((int)McpErrorCode.InternalError, "An error occurred.");

    public static JobError Of(McpProtocolException exception) => new(
        (int)exception.ErrorCode,
        exception.Message,
        exception switch
        {
            MissingRequiredClientCapabilityException missing => Utf8("requiredCapabilities", missing.RequiredCapabilities),
            UrlElicitationRequiredException url => Utf8("elicitations", url.Elicitations),
            _ => Data(exception.Data),
        });

    /// <summary>
    /// The same in the caller's revision: what older ones call "resource not found" (-32002) has no code of its own in
    /// 2026-07-28, and must not be sent there any more.
    /// </summary>
    /// <param name="exception">What the call ended with.</param>
    /// <param name="protocolVersion">The caller's.</param>
    /// <param name="uri">The resource that was to be read; null: the call was another one.</param>
    public static JobError Of(McpProtocolException exception, string protocolVersion, string? uri = null)
    {
        var error = Of(exception);
        if (error.Code != (int)McpErrorCode.ResourceNotFound)
        {
            return error;
        }

        var own = ResourceNotFound(uri ?? "", protocolVersion);
        return error with { Code = own.Code, Data = error.Data ?? (uri is null ? null : own.Data) };
    }

    public static JobError Unknown(string kind, string name) =>
        new((int)McpErrorCode.InvalidParams, $"Unknown {kind}: '{name}'.");

    public static JobError UnknownMethod(string method) =>
        new((int)McpErrorCode.MethodNotFound, $"'{method}' is not served here.");

    /// <summary>Revision 2026-07-28 says -32602 with the URI in data; before it the code was -32002.</summary>
    public static JobError ResourceNotFound(string uri, string protocolVersion) => new(
        (int)(string.CompareOrdinal(protocolVersion, "2026-07-28") >= 0 ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound),
        "Resource not found.",
        Utf8("uri", uri));

    public static JobError TimedOut(string tool, int seconds) => new(
        (int)McpErrorCode.InternalError, $"'{tool}' was stopped after its time limit of {seconds} s.");

    /// <summary>A failure of the tool's own, in its words.</summary>
    public static JobError OfTool(string tool, CallToolResult failure)
    {
        var text = string.Join(' ', failure.Content.OfType<TextContentBlock>().Select(block => block.Text)).Trim();
        return new((int)McpErrorCode.InternalError, text.Length > 0 ? text : $"'{tool}' failed.");
    }

    /// <param name="tool">The tool.</param>
    /// <param name="seconds">Its total time.</param>
    /// <param name="before">What the attempt before failed with, or null.</param>
    public static JobError OutOfTime(string tool, int seconds, string? before) => new(
        (int)McpErrorCode.InternalError,
        $"'{tool}' was stopped after its total time of {seconds} s.{(before is null ? "" : $" Its attempt before: {before}")}");

    public static JobError Silent(string tool, int seconds) => new(
        (int)McpErrorCode.InternalError, $"'{tool}' was stopped: it had given no sign of life for {seconds} s.");

    public static JobError TooManyRounds(string tool, int rounds) => new(
        (int)McpErrorCode.InternalError, $"'{tool}' asked for input in {rounds} rounds without an end.");

    public static JobError TooLarge(string name, int limitBytes) => new(
        (int)McpErrorCode.InternalError, $"The result of '{name}' is over the limit of {limitBytes} bytes.");

    /// <summary>With the data of any reached limit. The code is another: calling again at that time would run the tool again.</summary>
    public static JobError NoRoom(string tool, long bytes, LimitReached reached) => new(
        (int)McpErrorCode.InternalError,
        $"The result of '{tool}' has {bytes} bytes, for which the tenant has no room. {reached.Sentence}",
        reached.ToError().Data);

    private static byte[] Utf8<T>(string name, T value) => JsonSerializer.SerializeToUtf8Bytes(
        new JsonObject { [name] = JsonSerializer.SerializeToNode(value, McpJsonUtilities.DefaultOptions) });

    private static byte[]? Data(IDictionary data)
    {
        var json = new JsonObject();
        foreach (DictionaryEntry entry in data)
        {
            if (entry.Key is string key && TryNode(entry.Value, out var node))
            {
                json[key] = node;
            }
        }

        return json.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(json);
    }

    private static bool TryNode(object? value, out JsonNode? node)
    {
        try
        {
            node = JsonSerializer.SerializeToNode(value, McpJsonUtilities.DefaultOptions);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            // Data that JSON cannot carry is not for the client.
            node = null;
            return false;
        }
    }
}
