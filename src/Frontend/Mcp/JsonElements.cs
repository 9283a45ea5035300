using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Frontend.Mcp;

/// <summary>Source-generated JSON for values that pass through as they came.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class JsonElements : JsonSerializerContext;
