using System.Text.Json.Serialization;

namespace Actors.Chaos.Checker.Records;

/// <summary>The format of a record's file.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RecordLine))]
internal sealed partial class RecordJson : JsonSerializerContext;
