using System.Text.Json;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Compilation;

/// <summary>Finds what a reference is about. What is not known already is not there: nothing is fetched.</summary>
internal sealed class References(SchemaIndex index)
{
    /// <summary>The schema that <paramref name="reference"/> leads to, and its fragment where that is an anchor.</summary>
    public (SchemaSite Site, string? Anchor) Resolve(SchemaSite from, string reference, string location)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var uri = hash < 0 ? reference : reference[..hash];
        var fragment = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
        var resource = uri.Length == 0 ? from.Resource : Resource(from.Resource.BaseUri, uri, location);
        if (fragment.Length == 0)
            return (resource.Root, null);
        if (fragment[0] == '/')
            return (At(resource, fragment, reference, location), null);
        return resource.Anchors.TryGetValue(fragment, out var site) ? (site, fragment) : throw NotFound(reference, location);
    }

    private IndexedResource Resource(Uri baseUri, string uri, string location)
    {
        if (!Uri.TryCreate(baseUri, uri, out var absolute))
            throw new SchemaFaultException(location, $"'{Found.Cut(uri, 200)}' is no URI reference.");
        return index.Find(absolute) ?? throw new SchemaFaultException(
            location, $"the reference to {Found.Cut(absolute.AbsoluteUri, 200)} cannot be resolved: no schema here has this URI, and none is ever fetched.");
    }

    /// <summary>Goes along a JSON pointer, through other resources where they stand in the way.</summary>
    private SchemaSite At(IndexedResource resource, string pointer, string reference, string location)
    {
        var root = resource.Root;
        var (element, at, inner) = (root.Element, root.Pointer, resource);
        foreach (var token in pointer.Split('/').Skip(1))
        {
            var name = token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            element = Step(element, name) ?? throw NotFound(reference, location);
            at = $"{at}/{InstancePath.Escape(name)}";
            if (index.At(root.Document, at) is { } site)
                inner = site.Resource;
        }
        return index.At(root.Document, at) ?? index.Add(root.Document, at, element, inner);
    }

    private static JsonElement? Step(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty(name, out var member) => member,
        JsonValueKind.Array when int.TryParse(name, out var position) && position >= 0 && position < element.GetArrayLength() => element[position],
        _ => null,
    };

    private static SchemaFaultException NotFound(string reference, string location) =>
        new(location, $"the reference {Found.Cut(reference, 200)} leads nowhere.");
}
