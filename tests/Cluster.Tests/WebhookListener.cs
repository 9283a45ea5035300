using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Actors.Cluster.Processes;

namespace Actors.Cluster.Tests;

/// <summary>A web server that is told of jobs. The first message about each is refused, so that it has to come again.</summary>
internal sealed class WebhookListener : IDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<string>> _idsByJob = new();
    private readonly ConcurrentDictionary<string, int> _acceptedByJob = new();
    private readonly HttpListener _listener = new();

    public WebhookListener()
    {
        Url = $"http://127.0.0.1:{FreePorts.Next()}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = RunAsync();
    }

    public string Url { get; }

    /// <summary>Jobs about which a message was accepted.</summary>
    public int Accepted => _acceptedByJob.Count;

    /// <summary>The ids of all messages about a job.</summary>
    public IEnumerable<string> IdsOf(string job) => _idsByJob.TryGetValue(job, out var ids) ? ids : [];

    public void Dispose() => _listener.Close();

    private async Task RunAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Take(await _listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // It was closed, or whoever sent it was killed meanwhile.
            }
        }
    }

    private void Take(HttpListenerContext context)
    {
        using var body = JsonDocument.Parse(context.Request.InputStream);
        var job = body.RootElement.GetProperty("data").GetProperty("job_id").GetString()!;
        var ids = _idsByJob.GetOrAdd(job, static _ => []);
        ids.Add(context.Request.Headers["webhook-id"]!);
        if (ids.Count > 1)
            _acceptedByJob.AddOrUpdate(job, 1, static (_, count) => count + 1);
        context.Response.StatusCode = ids.Count > 1 ? 204 : 503;
        context.Response.Close();
    }
}
