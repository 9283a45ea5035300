using System.Collections.Frozen;
using System.Collections.Immutable;
using Actors.Frontend.Catalogues;

namespace Actors.Frontend.JobTools;

/// <summary>The job tools, in the order in which they are listed.</summary>
internal sealed class JobToolSet
{
    private readonly FrozenDictionary<string, JobTool> _byName;

    public JobToolSet(IEnumerable<JobTool> tools)
    {
        var ordered = tools.ToArray();
        _byName = ordered.ToFrozenDictionary(tool => tool.Name, StringComparer.Ordinal);
        Entries = [.. ordered.Select(Entry)];
        EntriesBesideTasks = [.. ordered.Where(tool => tool.IsBesideTasks).Select(Entry)];
    }

    public ImmutableArray<ListEntry> Entries { get; }

    /// <summary>What a client with tasks is offered.</summary>
    public ImmutableArray<ListEntry> EntriesBesideTasks { get; }

    /// <summary>Null: not one of them. Callable by every client, listed or not.</summary>
    public JobTool? Find(string name) => _byName.GetValueOrDefault(name);

    private static ListEntry Entry(JobTool tool) => new(tool.Name, tool.Definition());
}
