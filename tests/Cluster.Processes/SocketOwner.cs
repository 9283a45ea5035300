using System.Globalization;

namespace Actors.Cluster.Processes;

/// <summary>Which process holds the other end of a connection on loopback, as Linux tells under /proc.</summary>
internal static class SocketOwner
{
    private const int LocalAddressField = 1;
    private const int RemoteAddressField = 2;
    private const int InodeField = 9;

    /// <param name="port">The other end's port.</param>
    /// <param name="ourPort">The port that it is connected to.</param>
    /// <param name="candidates">Who may hold it.</param>
    /// <returns>Null: none of them does.</returns>
    public static int? Find(int port, int ourPort, IEnumerable<int> candidates)
    {
        if (InodeOf(port, ourPort) is not { } inode)
            return null;
        var wanted = $"socket:[{inode}]";
        foreach (var pid in candidates)
        {
            if (Holds(pid, wanted))
                return pid;
        }

        return null;
    }

    private static string? InodeOf(int port, int ourPort)
    {
        string[] tables = ["/proc/net/tcp", "/proc/net/tcp6"];
        foreach (var line in tables.Where(File.Exists).SelectMany(File.ReadLines))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > InodeField && PortOf(fields[LocalAddressField]) == port && PortOf(fields[RemoteAddressField]) == ourPort)
                return fields[InodeField];
        }

        return null;
    }

    private static int PortOf(string address) =>
        int.TryParse(address.AsSpan(address.LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port) ? port : -1;

    private static bool Holds(int pid, string socket)
    {
        try
        {
            return new DirectoryInfo($"/proc/{pid}/fd").EnumerateFiles().Any(file => file.LinkTarget == socket);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // It has ended.
        }
    }
}
