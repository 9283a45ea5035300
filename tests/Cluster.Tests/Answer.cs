using System.Net;
using System.Text.Json;

namespace Actors.Cluster.Tests;

/// <summary>What a frontend said: a result, or an error.</summary>
internal sealed record Answer(HttpStatusCode Http, JsonElement Message)
{
    public JsonElement? Result => Message.TryGetProperty("result", out var result) ? result : null;

    public int? ErrorCode => Message.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : null;

    public string ErrorText => Message.TryGetProperty("error", out var error) ? error.GetProperty("message").GetString()! : "";

    public string? Status => Result?.TryGetProperty("status", out var status) == true ? status.GetString() : null;
}
