namespace Actors.Schemas;

/// <summary>How schemas are compiled.</summary>
public sealed class SchemaOptions
{
    public static SchemaOptions Default { get; } = new();

    public SchemaLimits Limits { get; init; } = new();

    /// <summary>
    /// Whether <c>format</c> is checked. False by default, as draft 2020-12 has it (Validation, 7.2.1): it is an annotation,
    /// unless the schema's own metaschema asks for the format-assertion vocabulary.
    /// </summary>
    public bool AssertFormats { get; init; }

    /// <summary>
    /// Schemas that may be referred to, by absolute URI, beside the metaschemas of draft 2020-12 and draft-07, which are always
    /// known. What is not here is not found: nothing is fetched.
    /// </summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Documents { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();
}
