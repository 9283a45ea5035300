using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Actors.Fuzz.Tests.Requests;

namespace Actors.Fuzz.Tests.Wire;

/// <summary>
/// HTTP/1.1 by hand, so that headers can be wrong in ways that no client library sends. Kept alive; dropped where an answer is
/// an endless stream of which enough was read.
/// </summary>
internal sealed class Connection(IPEndPoint server) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    // A stream that says nothing for that long after its beginning is endless, or waits for what does not come here.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private TcpClient? _tcp;
    private ResponseReader? _reader;

    public async Task<Answer> SendAsync(Shot shot, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        var wire = shot.ToWire();
        for (var isFresh = _tcp is null; ; isFresh = true)
        {
            try
            {
                return await SendAsync(wire, shot, deadline.Token);
            }
            catch (Exception e) when (e is IOException or SocketException && !isFresh)
            {
                // The server has closed a connection that was kept: another one, once.
                Drop();
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                Drop();
                return new Answer { Fault = "no answer: " + e.Message };
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                Drop();
                return new Answer { Fault = $"no answer in {Deadline.TotalSeconds:0} s" };
            }
        }
    }

    public void Dispose() => Drop();

    private async Task<Answer> SendAsync(byte[] wire, Shot shot, CancellationToken cancellationToken)
    {
        if (_tcp is null)
        {
            _tcp = new TcpClient { NoDelay = true };
            await _tcp.ConnectAsync(server, cancellationToken);
            _reader = new ResponseReader(_tcp.GetStream());
        }
        try
        {
            await _tcp.GetStream().WriteAsync(wire, cancellationToken);
        }
        catch (IOException)
        {
            // It may have answered before it had read all, and closed.
        }
        var answer = await ReadAsync(shot, cancellationToken);
        if (!answer.IsWhole || answer.Headers.GetValueOrDefault("Connection") == "close")
            Drop();
        return answer;
    }

    private async Task<Answer> ReadAsync(Shot shot, CancellationToken cancellationToken)
    {
        var reader = _reader!;
        var status = await reader.LineAsync(cancellationToken);
        var answer = new Answer { Status = int.Parse(status.AsSpan(9, 3), CultureInfo.InvariantCulture) };
        while (await reader.LineAsync(cancellationToken) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            answer.Headers[line[..colon]] = line[(colon + 1)..].Trim();
        }
        if (shot.Verb == "HEAD" || answer.Status is 204 or 304)
            answer.IsWhole = true;
        else if (answer.Headers.GetValueOrDefault("Transfer-Encoding") == "chunked")
            await ReadChunksAsync(reader, answer, shot, cancellationToken);
        else
        {
            answer.Body = await reader.BytesAsync(
                int.Parse(answer.Headers.GetValueOrDefault("Content-Length") ?? "0", CultureInfo.InvariantCulture), cancellationToken);
            answer.IsWhole = true;
        }
        return answer;
    }

    private static async Task ReadChunksAsync(ResponseReader reader, Answer answer, Shot shot, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (answer.IsStream)
            patience.CancelAfter(Patience);
        try
        {
            while (true)
            {
                var size = int.Parse(await reader.LineAsync(patience.Token), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                body.Write(await reader.BytesAsync(size, patience.Token));
                await reader.LineAsync(patience.Token);
                if (size == 0)
                {
                    answer.IsWhole = true;
                    break;
                }
                if (answer.IsStream && IsEnough(shot, body))
                    break;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Enough was waited.
        }
        answer.Body = body.ToArray();
    }

    /// <summary>An answer ends itself. What else there is to hear: the first event of a subscription, a question.</summary>
    private static bool IsEnough(Shot shot, MemoryStream body)
    {
        if (shot.Name == "batch")
            return false;
        var text = Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
        var isEndless = shot.Name is "subscriptions/listen" || (shot.Verb == "GET" && shot.Header("Last-Event-ID") is null);
        return Events.Of(text).Any(each => each.Data is { Length: > 0 } data
            && (isEndless || data.Contains("\"method\":\"elicitation/create\"", StringComparison.Ordinal)));
    }

    private void Drop()
    {
        _tcp?.Dispose();
        _tcp = null;
        _reader = null;
    }
}
