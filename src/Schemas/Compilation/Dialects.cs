using System.Text.Json;

namespace Actors.Schemas.Compilation;

/// <summary>Finds the dialect that a <c>$schema</c> names; a metaschema among the known documents makes one of its vocabularies.</summary>
internal sealed class Dialects(KnownDocuments documents)
{
    private const string Vocabularies = "https://json-schema.org/draft/2020-12/vocab/";

    public Dialect Find(string uri, string location)
    {
        var name = uri.TrimEnd('#');
        name = name.StartsWith("http:", StringComparison.Ordinal) ? string.Concat("https:", name.AsSpan(5)) : name;
        return name switch
        {
            "https://json-schema.org/draft/2020-12/schema" or "https://json-schema.org/schema" => Dialect.Draft202012,
            "https://json-schema.org/draft/2019-09/schema" => Dialect.Draft201909,
            "https://json-schema.org/draft-07/schema" or "https://json-schema.org/draft-06/schema" => Dialect.Draft07,
            _ => documents.Find(uri.TrimEnd('#')) is { } metaschema ? FromVocabularies(metaschema, uri, location) : throw new SchemaFaultException(
                location, $"the dialect {uri} is not supported; draft 2020-12 is, and 2019-09, draft-07 and draft-06 as far as they go with it."),
        };
    }

    private static Dialect FromVocabularies(JsonElement metaschema, string uri, string location)
    {
        if (metaschema.ValueKind != JsonValueKind.Object
            || !metaschema.TryGetProperty("$vocabulary", out var vocabulary) || vocabulary.ValueKind != JsonValueKind.Object)
            return Dialect.Draft202012;
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in vocabulary.EnumerateObject())
        {
            var isKnown = entry.Name.StartsWith(Vocabularies, StringComparison.Ordinal) && IsKnown(entry.Name[Vocabularies.Length..]);
            if (isKnown)
                used.Add(entry.Name[Vocabularies.Length..]);
            else if (entry.Value.ValueKind == JsonValueKind.True)
                throw new SchemaFaultException(location, $"the dialect {uri} requires the vocabulary {entry.Name}, which is not supported.");
        }
        return new Dialect
        {
            HasApplicators = used.Contains("applicator"),
            HasUnevaluated = used.Contains("unevaluated"),
            HasValidation = used.Contains("validation"),
            AssertsFormats = used.Contains("format-assertion"),
        };
    }

    private static bool IsKnown(string vocabulary) => vocabulary is
        "core" or "applicator" or "unevaluated" or "validation" or "meta-data" or "format-annotation" or "format-assertion" or "content";
}
