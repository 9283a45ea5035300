using System.Text.Json;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Compilation;

/// <summary>Every subschema of the documents in use, by its place, and every resource by its URI.</summary>
internal sealed class SchemaIndex
{
    /// <summary>What relative references of a schema without an <c>$id</c> resolve against.</summary>
    private static readonly Uri Unnamed = new("schema://unnamed/");

    private readonly Dictionary<string, IndexedResource> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Document, string Pointer), SchemaSite> _sites = [];
    private readonly KnownDocuments _documents;
    private readonly Dialects _dialects;
    private readonly SchemaOptions _options;

    public SchemaIndex(SchemaOptions options)
    {
        _options = options;
        _documents = new KnownDocuments(options);
        _dialects = new Dialects(_documents);
    }

    public IEnumerable<IndexedResource> Resources => _resources.Values.Distinct();

    public SchemaSite AddRoot(ReadOnlySpan<byte> utf8) =>
        AddDocument("", Unnamed, KnownDocuments.Parse(utf8, _options.Limits, ""));

    public SchemaSite? At(string document, string pointer) => _sites.GetValueOrDefault((document, pointer));

    /// <summary>The resource with this absolute URI, from a known document if need be; null: there is none.</summary>
    public IndexedResource? Find(Uri uri)
    {
        if (_resources.TryGetValue(uri.AbsoluteUri, out var resource))
            return resource;
        if (_documents.Find(uri.AbsoluteUri) is not { } document)
            return null;
        AddDocument(uri.AbsoluteUri, uri, document);
        return _resources[uri.AbsoluteUri];
    }

    /// <summary>Adds the subschemas from here on inwards.</summary>
    public SchemaSite Add(string document, string pointer, JsonElement element, IndexedResource resource)
    {
        if (_sites.Count >= _options.Limits.MaxSubschemas)
            throw new SchemaFaultException($"{document}#{pointer}", $"the schema has more than {_options.Limits.MaxSubschemas} subschemas.");
        resource = ResourceOf(document, pointer, element, resource);
        var site = new SchemaSite(document, pointer, element, resource);
        resource.Root ??= site;
        _sites[(document, pointer)] = site;
        if (element.ValueKind != JsonValueKind.Object)
            return site;
        AddNames(site);
        foreach (var member in element.EnumerateObject())
        {
            foreach (var (below, child) in Subschemas.Of(member))
            {
                if (child.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False)
                    Add(document, pointer + below, child, resource);
            }
        }
        return site;
    }

    private SchemaSite AddDocument(string name, Uri uri, JsonElement root)
    {
        var resource = new IndexedResource(uri, DialectOf(root, Dialect.Draft202012, name + "#"));
        var site = Add(name, "", root, resource);
        // A document may also call itself something else: it answers to both.
        resource.Root ??= site;
        _resources.TryAdd(uri.AbsoluteUri, site.Resource);
        return site;
    }

    private IndexedResource ResourceOf(string document, string pointer, JsonElement element, IndexedResource outer)
    {
        if (Text(element, "$id") is not { } id || (outer.Dialect.RefHidesSiblings && element.TryGetProperty("$ref", out _)))
            return outer;
        var name = id.Split('#')[0];
        if (name.Length == 0)
            return outer;
        if (!Uri.TryCreate(outer.BaseUri, name, out var uri))
            throw new SchemaFaultException($"{document}#{pointer}/$id", $"'{Found.Cut(id, 80)}' is no URI reference.");
        var resource = new IndexedResource(uri, DialectOf(element, outer.Dialect, $"{document}#{pointer}"));
        _resources.TryAdd(uri.AbsoluteUri, resource);
        return resource;
    }

    private Dialect DialectOf(JsonElement element, Dialect outer, string location) =>
        Text(element, "$schema") is { } uri ? _dialects.Find(uri, location + "/$schema") : outer;

    private static void AddNames(SchemaSite site)
    {
        var resource = site.Resource;
        if (Text(site.Element, "$anchor") is { } anchor)
            resource.Anchors.TryAdd(anchor, site);
        if (Text(site.Element, "$dynamicAnchor") is { } dynamic)
        {
            resource.Anchors.TryAdd(dynamic, site);
            resource.DynamicAnchors.TryAdd(dynamic, site);
        }
        // Draft-07's way to name a place.
        if (resource.Dialect.RefHidesSiblings && Text(site.Element, "$id") is { } id && id.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at)
            resource.Anchors.TryAdd(id[(at + 1)..], site);
    }

    private static string? Text(JsonElement element, string keyword) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
