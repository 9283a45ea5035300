using System.Text.Json;
using Actors.Schemas.Evaluation;
using Actors.Schemas.Keywords;

namespace Actors.Schemas.Compilation;

/// <summary>Compiles one schema, and of what it refers to only what it needs. By a queue, so that no chain of references is too long.</summary>
internal sealed class SchemaCompiler
{
    private readonly SchemaIndex _index;
    private readonly References _references;
    private readonly Queue<SchemaSite> _open = [];
    private readonly HashSet<string> _dynamicAnchors = new(StringComparer.Ordinal);

    public SchemaCompiler(SchemaOptions options)
    {
        Options = options;
        _index = new SchemaIndex(options);
        _references = new References(_index);
    }

    public SchemaOptions Options { get; }

    public bool HasDynamicReferences => _dynamicAnchors.Count > 0;

    /// <exception cref="SchemaFaultException">It is no schema that can be used.</exception>
    public SchemaNode Compile(ReadOnlySpan<byte> utf8)
    {
        var root = Node(_index.AddRoot(utf8));
        do
        {
            while (_open.TryDequeue(out var site))
                Fill(site);
            AddDynamicAnchors();
        }
        while (_open.Count > 0);
        EndlessReferences.Refuse(root);
        return root;
    }

    /// <summary>The node for a place; its keywords follow.</summary>
    public SchemaNode Node(SchemaSite site)
    {
        if (site.Node is null)
        {
            site.Node = new SchemaNode(site.Location, site.Resource.Compiled);
            _open.Enqueue(site);
        }
        return site.Node;
    }

    public SchemaNode Child(SchemaSite site, string below, JsonElement element)
    {
        var pointer = site.Pointer + below;
        return Node(_index.At(site.Document, pointer) ?? _index.Add(site.Document, pointer, element, site.Resource));
    }

    public SchemaNode Reference(SchemaSite from, string reference, string location) =>
        Node(_references.Resolve(from, reference, location).Site);

    /// <summary>Where a <c>$dynamicRef</c> leads at first, and the anchor to look for where the way there matters.</summary>
    public (SchemaNode Node, string? Anchor) DynamicReference(SchemaSite from, string reference, string location)
    {
        var (site, anchor) = _references.Resolve(from, reference, location);
        var isDynamic = anchor is not null && site.Resource.DynamicAnchors.GetValueOrDefault(anchor) == site;
        if (isDynamic)
            _dynamicAnchors.Add(anchor!);
        return (Node(site), isDynamic ? anchor : null);
    }

    private void Fill(SchemaSite site)
    {
        var node = site.Node!;
        node.Keywords = site.Element.ValueKind switch
        {
            JsonValueKind.True => [],
            JsonValueKind.False => [new NeverKeyword(new KeywordPlace("false", site.Location))],
            JsonValueKind.Object => KeywordTable.Read(new SchemaReader(this, site)),
            _ => throw new SchemaFaultException(site.Location, "a schema must be an object or a boolean."),
        };
        node.NeedsEvaluated = node.Keywords.Any(keyword => keyword.NeedsEvaluated);
    }

    private void AddDynamicAnchors()
    {
        foreach (var resource in _index.Resources.ToArray())
        {
            foreach (var (anchor, site) in resource.DynamicAnchors)
            {
                if (_dynamicAnchors.Contains(anchor))
                    resource.Compiled.DynamicAnchors[anchor] = Node(site);
            }
        }
    }
}
