using System.Text;
using System.Text.Json;
using Actors.Jobs;
using Actors.Tenants;
using Actors.Tools;

namespace Actors.Silo.Tests;

/// <summary>Calls as a frontend would put them.</summary>
internal static class Ask
{
    public const string Revision = "2026-07-28";

    public static readonly Principal Ann = new("acme", "actors", "ann", "key-1");
    public static readonly Principal Bob = new("acme", "actors", "bob", "key-2");
    public static readonly Principal Eve = new("evil", "actors", "ann", "key-3");

    public static PrimitiveCall Tool(string name, object? arguments = null, Principal? caller = null, string capabilities = Everything) => new()
    {
        Caller = caller ?? Ann,
        Method = "tools/call",
        Name = name,
        Params = Json(new { name, arguments = arguments ?? new { } }),
        ProtocolVersion = Revision,
        ClientCapabilities = Encoding.UTF8.GetBytes(capabilities),
    };

    public static PrimitiveCall Prompt(string name, object arguments) =>
        Tool(name) with { Method = "prompts/get", Params = Json(new { name, arguments }) };

    public static PrimitiveCall Resource(string uri) =>
        Tool(uri) with { Method = "resources/read", Params = Json(new { uri }) };

    public const string Everything = """{"elicitation":{"form":{}},"sampling":{},"roots":{}}""";

    public static InputResponse Accept(string key, string field, string value) =>
        new(key, Json(new { action = "accept", content = new Dictionary<string, string> { [field] = value } }));

    public static byte[] Json(object value) => JsonSerializer.SerializeToUtf8Bytes(value);

    public static string Text(byte[]? result) =>
        JsonElement.Parse(result).GetProperty("content")[0].GetProperty("text").GetString()!;

    public static bool IsError(byte[]? result) =>
        JsonElement.Parse(result).TryGetProperty("isError", out var flag) && flag.GetBoolean();
}
