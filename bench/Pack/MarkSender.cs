using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Actors.Jobs;

namespace Actors.Bench.Pack;

/// <summary>
/// Tells the driver, which has a Unix datagram socket: unlike UDP it loses nothing, and it costs a few microseconds. The moment is
/// the machine's monotonic clock, which all its processes share.
/// </summary>
internal static class MarkSender
{
    private static readonly Socket Out = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public static void Send(string marks, string kind, JobContext job, long timestamp)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{kind} {job.JobId} {job.Attempt} {Environment.ProcessId} {timestamp}");
        try
        {
            Out.SendTo(Encoding.ASCII.GetBytes(text), new UnixDomainSocketEndPoint(marks));
        }
        catch (SocketException)
        {
            // The driver has gone, and with it whoever would read this.
        }
    }
}
