using System.Text.Json.Serialization;

namespace Actors.Frontend.Mcp.Rounds;

// Metadata only: the generated fast path writes a byte[] that is null as an empty one, and null means "not answered".
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(RoundState))]
internal sealed partial class RoundStateJson : JsonSerializerContext;
