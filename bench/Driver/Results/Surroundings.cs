using System.Globalization;
using Actors.Bench.Driver.Processes;

namespace Actors.Bench.Driver.Results;

/// <summary>What else the machine does while nothing of ours runs.</summary>
internal static class Surroundings
{
    private const double WorthNamingShare = 0.02; // of one processor
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Looks for a second.</summary>
    public static async Task<string> LookAsync()
    {
        var before = ProcessTable.Read();
        await Task.Delay(Look);
        var busy = ProcessTable.Read().Values
            .Where(process => process.Pid != Environment.ProcessId)
            .Select(process => (process.Name, Share: (process.Cpu - (before.TryGetValue(process.Pid, out var then) ? then.Cpu : TimeSpan.Zero)) / Look))
            .GroupBy(process => process.Name, (name, all) => (Name: name, Share: all.Sum(process => process.Share)))
            .Where(process => process.Share > WorthNamingShare)
            .OrderByDescending(process => process.Share);
        var text = string.Join(", ", busy.Select(process => string.Create(CultureInfo.InvariantCulture, $"{process.Name} {process.Share:P0}")));
        return text.Length > 0 ? text : "nothing above 2 % of a processor";
    }

    public static string LoadAverage() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3));
}
