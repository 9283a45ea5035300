using System.Text.Json;

namespace Actors.Schemas.Compilation;

/// <summary>The documents that a schema may refer to: the caller's, and the metaschemas.</summary>
internal sealed class KnownDocuments(SchemaOptions options)
{
    private static readonly Lazy<Dictionary<string, JsonElement>> Metaschemas = new(ReadMetaschemas);

    /// <summary>Null: not known, and not looked for anywhere else.</summary>
    public JsonElement? Find(string uri)
    {
        if (options.Documents.TryGetValue(uri, out var utf8))
            return Parse(utf8.Span, options.Limits, uri);
        return Metaschemas.Value.TryGetValue(uri, out var metaschema) ? metaschema : null;
    }

    /// <exception cref="SchemaFaultException">It is too long, too deep, or no JSON.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> utf8, SchemaLimits limits, string document)
    {
        if (utf8.Length > limits.MaxSchemaBytes)
            throw new SchemaFaultException(document + "#", $"the schema is {utf8.Length} bytes long; the limit is {limits.MaxSchemaBytes}.");
        try
        {
            var element = JsonElement.Parse(utf8, new JsonDocumentOptions { MaxDepth = limits.MaxSchemaDepth });
            // Reads every string once, so that none can fail later.
            CheckStrings(element);
            return element;
        }
        catch (JsonException exception)
        {
            throw new SchemaFaultException(document + "#", $"the schema is no JSON, or is nested deeper than {limits.MaxSchemaDepth} levels: {exception.Message}");
        }
        catch (InvalidOperationException)
        {
            throw new SchemaFaultException(document + "#", "the schema holds a string that is no Unicode text.");
        }
    }

    private static void CheckStrings(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
            element.GetString();
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                CheckStrings(item);
        }
        if (element.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in element.EnumerateObject())
        {
            _ = member.Name;
            CheckStrings(member.Value);
        }
    }

    private static Dictionary<string, JsonElement> ReadMetaschemas()
    {
        var assembly = typeof(KnownDocuments).Assembly;
        var found = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Metaschemas/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var document = JsonDocument.Parse(stream);
            var root = document.RootElement.Clone();
            found.Add(root.GetProperty("$id").GetString()!.TrimEnd('#'), root);
        }
        return found;
    }
}
