using System.Text.Json.Nodes;
using Actors.Jobs;
using ModelContextProtocol.Protocol;

namespace Actors.Silo.Calls;

/// <summary>
/// The mark on a tool's failure that it may pass: in the result's <c>_meta</c>, where a tool puts it itself, or where it is put
/// for an exception that the tool's terms name.
/// </summary>
internal static class Retryable
{
    private const string Flag = "actors/retryable";
    private const string AfterMs = "actors/retryAfterMs";

    /// <summary>Whether the tool's terms have it tried again after this.</summary>
    public static bool Is(Exception exception, JobAttribute? terms) =>
        exception is TransientException || terms?.RetryOn.Any(type => type.IsInstanceOfType(exception)) is true;

    public static CallToolResult Mark(CallToolResult failure, Exception exception)
    {
        failure.Meta = new JsonObject { [Flag] = true };
        if (After(exception) is { } after)
        {
            failure.Meta[AfterMs] = (long)after.TotalMilliseconds;
        }

        return failure;
    }

    public static bool IsMarked(CallToolResult result) =>
        result.IsError is true && result.Meta?[Flag] is JsonValue flag && flag.TryGetValue<bool>(out var isSet) && isSet;

    /// <summary>How long the tool asks to be left alone, or null.</summary>
    public static TimeSpan? After(CallToolResult result) =>
        result.Meta?[AfterMs] is JsonValue value && value.TryGetValue<long>(out var ms) && ms is >= 0 and < int.MaxValue
            ? TimeSpan.FromMilliseconds(ms)
            : null;

    public static TimeSpan? After(Exception exception) => (exception as TransientException)?.RetryAfter;
}
