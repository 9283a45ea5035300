using System.Globalization;

namespace Actors.Bench.Driver.Processes;

/// <summary>One part in the work: a process and those it started, or several alike.</summary>
internal sealed class ProcessGroup
{
    private readonly IReadOnlyList<int> _roots;
    private readonly Func<ProcessEntry, TimeSpan> _cpu;
    private readonly bool _isAlone;

    public ProcessGroup(string name, params IReadOnlyList<int> roots) : this(name, roots, process => process.Cpu + process.CpuOfEnded, isAlone: false)
    {
    }

    private ProcessGroup(string name, IReadOnlyList<int> roots, Func<ProcessEntry, TimeSpan> cpu, bool isAlone) =>
        (Name, _roots, _cpu, _isAlone) = (name, roots, cpu, isAlone);

    /// <summary>This process, without those that it started.</summary>
    public static ProcessGroup Driver { get; } = new("driver", [Environment.ProcessId], process => process.Cpu, isAlone: true);

    public string Name { get; }

    /// <summary>What it has used of the processors so far.</summary>
    public TimeSpan CpuTime => Members().Aggregate(TimeSpan.Zero, (sum, process) => sum + _cpu(process));

    public double MemoryMiB => Members().ToList() switch
    {
        [var only] => Field(only.Pid, "status", "VmRSS:"),
        var several => several.Sum(process => Field(process.Pid, "smaps_rollup", "Pss:")),
    };

    /// <summary>Processes that this one starts and that end before the figure is taken; what they held is gone by then.</summary>
    public static ProcessGroup Children(string name) => new(name, [Environment.ProcessId], process => process.CpuOfEnded, isAlone: true);

    private IEnumerable<ProcessEntry> Members()
    {
        var all = ProcessTable.Read();
        var members = _roots.ToHashSet();
        while (!_isAlone && all.Values.Any(process => members.Contains(process.Parent) && members.Add(process.Pid)))
        {
            // One generation further.
        }

        return members.Where(all.ContainsKey).Select(pid => all[pid]);
    }

    private static double Field(int pid, string file, string field)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/{file}").First(line => line.StartsWith(field, StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException)
        {
            return 0;
        }
    }
}
