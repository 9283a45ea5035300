using System.Collections.Frozen;
using System.Collections.Immutable;
using Actors.Frontend.Placement;
using Actors.Tools;

namespace Actors.Frontend.Catalogues;

/// <summary>The catalogue as this frontend serves it; replaced whole when it changes.</summary>
internal sealed class CatalogueView
{
    public CatalogueView(Catalogue catalogue, IReadOnlySet<string> reservedTools)
    {
        Version = catalogue.Version;
        Revision = catalogue.Revision;
        Places = new CallPlaces(catalogue);
        RefusedTools = [.. catalogue.Tools.Where(tool => reservedTools.Contains(tool.Name)).Select(tool => tool.Name)];
        var tools = catalogue.Tools.Where(tool => !reservedTools.Contains(tool.Name)).ToArray();
        ToolsByName = tools.ToFrozenDictionary(tool => tool.Name, StringComparer.Ordinal);
        Tools = [.. tools.Select(tool => new ListEntry(tool.Name, tool.Definition))];
        ToolsWithoutTasks = [.. tools.Select(tool => new ListEntry(tool.Name, tool.Job is null ? tool.Definition : ToolDefinition.WithoutOutputSchema(tool.Definition)))];
        ToolsWithTaskSupport = [.. tools.Select(tool => new ListEntry(tool.Name, ToolDefinition.WithTaskSupport(tool)))];
        Prompts = Entries(catalogue.Prompts);
        Resources = Entries(catalogue.Resources);
        ResourceTemplates = Entries(catalogue.ResourceTemplates);
    }

    public string Version { get; }

    public string Revision { get; }

    /// <summary>Where the calls of what is in it can run.</summary>
    public CallPlaces Places { get; }

    public FrozenDictionary<string, ToolEntry> ToolsByName { get; }

    public ImmutableArray<ListEntry> Tools { get; }

    /// <summary>
    /// The same for a client without the tasks extension: a job tool's answer may then be a job's handle instead of its
    /// result, so its result's schema is left out. Clients refuse a result that does not fit the schema they were given.
    /// </summary>
    public ImmutableArray<ListEntry> ToolsWithoutTasks { get; }

    /// <summary>The same for revision 2025-11-25, in which a tool says whether it runs as a task.</summary>
    public ImmutableArray<ListEntry> ToolsWithTaskSupport { get; }

    public ImmutableArray<ListEntry> Prompts { get; }

    public ImmutableArray<ListEntry> Resources { get; }

    public ImmutableArray<ListEntry> ResourceTemplates { get; }

    /// <summary>Tools of packs that carry the name of a job tool, and so are not served.</summary>
    public ImmutableArray<string> RefusedTools { get; }

    /// <summary>Which lists differ from <paramref name="earlier"/>'s, as the notifications that say so.</summary>
    public IEnumerable<string> ChangedSince(CatalogueView earlier)
    {
        if (!Same(Tools, earlier.Tools))
            yield return "notifications/tools/list_changed";
        if (!Same(Prompts, earlier.Prompts))
            yield return "notifications/prompts/list_changed";
        if (!Same(Resources, earlier.Resources) || !Same(ResourceTemplates, earlier.ResourceTemplates))
            yield return "notifications/resources/list_changed";
    }

    private static ImmutableArray<ListEntry> Entries(ImmutableArray<PrimitiveEntry> entries) =>
        [.. entries.Select(entry => new ListEntry(entry.Name, entry.Definition))];

    private static bool Same(ImmutableArray<ListEntry> one, ImmutableArray<ListEntry> other) =>
        one.Length == other.Length
        && one.Zip(other).All(pair =>
            pair.First.Name == pair.Second.Name && pair.First.Definition.AsSpan().SequenceEqual(pair.Second.Definition));
}
