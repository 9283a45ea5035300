using System.Globalization;

namespace Actors.Bench.Driver.Processes;

/// <summary>All processes of the machine, as the kernel lists them.</summary>
internal static class ProcessTable
{
    private const double TicksPerSecond = 100; // USER_HZ, which is the same on every Linux that .NET runs on

    public static Dictionary<int, ProcessEntry> Read()
    {
        var all = new Dictionary<int, ProcessEntry>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var pid) && Entry(pid) is { } entry)
                all[pid] = entry;
        }

        return all;
    }

    /// <summary>Null: there is none any more.</summary>
    private static ProcessEntry? Entry(int pid)
    {
        try
        {
            // The name in brackets may hold anything.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var nameEnd = stat.LastIndexOf(')');
            var fields = stat[(nameEnd + 2)..].Split(' ');
            var name = stat[(stat.IndexOf('(') + 1)..nameEnd];
            return new ProcessEntry(pid, Number(fields[1]), name, Time(fields[11]) + Time(fields[12]), Time(fields[13]) + Time(fields[14]));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static int Number(string field) => int.Parse(field, CultureInfo.InvariantCulture);

    private static TimeSpan Time(string field) => TimeSpan.FromSeconds(long.Parse(field, CultureInfo.InvariantCulture) / TicksPerSecond);
}
