using System.Globalization;

namespace Actors.Cluster.Processes;

/// <summary>Connections of this machine's processes, as Linux tells under /proc.</summary>
public static class Connections
{
    private const int RemoteAddressField = 2;
    private const int InodeField = 9;

    /// <summary>Whether a process has a connection to one of the ports that it has not closed yet.</summary>
    public static bool Lead(IReadOnlyList<int> to)
    {
        string[] tables = ["/proc/net/tcp", "/proc/net/tcp6"];
        return tables.Where(File.Exists).SelectMany(File.ReadLines).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            // Without a process, a connection only waits until the last packets are forgotten.
            .Any(fields => fields.Length > InodeField && fields[InodeField] != "0" && to.Contains(PortOf(fields[RemoteAddressField])));
    }

    private static int PortOf(string address) =>
        int.TryParse(address.AsSpan(address.LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port) ? port : -1;
}
