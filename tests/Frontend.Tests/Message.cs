using System.Text.Json.Nodes;

namespace Actors.Frontend.Tests;

/// <summary>One HTTP request that is about to be sent.</summary>
internal sealed class Message(JsonObject body)
{
    public JsonObject Body => body;

    public JsonObject Params => body["params"]!.AsObject();

    public JsonObject Meta => Params["_meta"]!.AsObject();

    /// <summary>Sent instead of <see cref="Body"/> where it is not JSON, or not one object.</summary>
    public byte[]? Raw { get; set; }

    public string? ContentType { get; set; } = "application/json";

    public HttpMethod HttpMethod { get; set; } = HttpMethod.Post;

    /// <summary>A value of null sends no such header.</summary>
    public Dictionary<string, string?> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);
}
