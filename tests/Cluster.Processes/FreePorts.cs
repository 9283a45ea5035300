using System.Net;
using System.Net.Sockets;

namespace Actors.Cluster.Processes;

/// <summary>
/// Ports of loopback that nobody listens on. They lie below the range from which the system serves outgoing connections, so that
/// a process that was killed finds its port free when it comes back.
/// </summary>
public static class FreePorts
{
    private const int First = 12_000;
    private const int Last = 31_999;
    private const int Attempts = 1_000;

    private static readonly Lock Gate = new();
    private static readonly HashSet<int> Given = [];

    /// <summary>A port that this process has not been given before.</summary>
    public static int Next()
    {
        lock (Gate)
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var port = Random.Shared.Next(First, Last + 1);
                if (!Given.Contains(port) && IsFree(port) && Given.Add(port))
                    return port;
            }
        }

        throw new InvalidOperationException($"No port between {First} and {Last} is free.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
