using System.Text.Json.Serialization;

namespace Actors.Bench.Driver.Results;

/// <summary>The JSON of results, which people read too.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(ResultFile))]
[JsonSerializable(typeof(IReadOnlyList<Figure>))]
internal sealed partial class ResultJson : JsonSerializerContext;
