using System.Text.Json;

namespace Actors.Cli.Tests;

/// <summary>One HTTP request that a scripted server got.</summary>
internal sealed record Arrival(string HttpMethod, IReadOnlyDictionary<string, string> Headers, JsonElement? Body)
{
    public string? RpcMethod => Body is { } body ? BridgeHost.MethodOf(body) : null;

    public string Id => Body!.Value.GetProperty("id").GetRawText();

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
