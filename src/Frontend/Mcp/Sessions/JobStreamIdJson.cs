using System.Text.Json.Serialization;

namespace Actors.Frontend.Mcp.Sessions;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JobStreamId))]
internal sealed partial class JobStreamIdJson : JsonSerializerContext;
