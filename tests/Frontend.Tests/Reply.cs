using System.Text.Json;

namespace Actors.Frontend.Tests;

/// <summary>One answer: the HTTP side of it, and the JSON-RPC message.</summary>
internal sealed class Reply(HttpResponseMessage response, string text)
{
    private const string Data = "data: ";

    public int Status { get; } = (int)response.StatusCode;

    public string? ContentType { get; } = response.Content.Headers.ContentType?.MediaType;

    public string Challenge { get; } = response.Headers.WwwAuthenticate.ToString();

    public string? SessionId { get; } = response.Headers.TryGetValues("Mcp-Session-Id", out var ids) ? ids.Single() : null;

    public string RetryAfter { get; } = response.Headers.RetryAfter?.ToString() ?? "";

    public bool ClosesConnection { get; } = response.Headers.ConnectionClose is true;

    public string Text => text;

    /// <summary>A call of a session that takes a while is answered on a stream, which a slow machine makes of any.</summary>
    public JsonElement Message => JsonElement.Parse(
        ContentType == "text/event-stream" ? text.Split('\n').Last(line => line.StartsWith(Data + '{', StringComparison.Ordinal))[Data.Length..] : text);

    public JsonElement Result => Message.TryGetProperty("result", out var result)
        ? result
        : throw new InvalidOperationException("No result but: " + text);

    public JsonElement Error => Message.TryGetProperty("error", out var error)
        ? error
        : throw new InvalidOperationException("No error but: " + text);

    public int Code => Error.GetProperty("code").GetInt32();

    public string ErrorMessage => Error.GetProperty("message").GetString()!;

    /// <summary>The text of a CallToolResult's first block.</summary>
    public string ToolText => Result.GetProperty("content")[0].GetProperty("text").GetString()!;

    public bool IsToolError => Result.TryGetProperty("isError", out var isError) && isError.GetBoolean();

    public string TaskId => Result.GetProperty("taskId").GetString()!;
}
