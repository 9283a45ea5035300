using System.Text.Json.Serialization;

namespace Actors.Bench.SdkEndpoint;

/// <summary>The JSON of tasks.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MemoryTask))]
internal sealed partial class MemoryTaskJson : JsonSerializerContext;
