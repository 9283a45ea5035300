using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Records;
using Actors.Cluster.Processes;
using Npgsql;

namespace Actors.Chaos.Driver;

/// <summary>
/// Somebody's web server that is told of ended jobs. It fails at a share of what it gets and never answers some; what the silo says a
/// second time it may well take. All of it goes to the record.
/// </summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private const int FailingPercent = 25;
    private const int HangingPercent = 10;

    private readonly HttpListener _listener = new();
    private readonly int _port = FreePorts.Next();
    private readonly RecordWriter _record;
    private readonly RunClock _clock;
    private readonly Dictionary<string, byte[]> _secrets = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ending = new();
    private readonly HashSet<string> _accepted = new(StringComparer.Ordinal);
    private readonly Random _random;
    private readonly Task _listening;
    private volatile bool _isHealed;

    public WebhookReceiver(int seed, RecordWriter record, RunClock clock)
    {
        (_random, _record, _clock) = (new Random(seed), record, clock);
        _listener.Prefixes.Add($"http://127.0.0.1:{_port}/");
        _listener.Start();
        _listening = ListenAsync();
    }

    /// <summary>Where the job of a call is told of.</summary>
    public Uri UrlOf(string token) => new($"http://127.0.0.1:{_port}/{token}");

    /// <summary>Gives each tenant a secret, as whoever runs the receiver would have asked for it.</summary>
    public async Task ShareSecretsAsync(IEnumerable<string> tenants, string connectionString, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        foreach (var tenant in tenants)
        {
            await using var command = database.CreateCommand(
                "INSERT INTO actors.webhook_secrets AS s (tenant, secret) VALUES ($1, $2) ON CONFLICT (tenant) DO UPDATE SET secret = s.secret RETURNING secret");
            command.Parameters.Add(new() { Value = tenant });
            command.Parameters.Add(new() { Value = RandomNumberGenerator.GetBytes(32) });
            _secrets[tenant] = (byte[])(await command.ExecuteScalarAsync(cancellationToken))!;
        }
    }

    /// <summary>From now on it takes all that it gets.</summary>
    public void Heal() => _isHealed = true;

    /// <summary>Whether it has accepted a message about the job.</summary>
    public bool HasAccepted(string job)
    {
        lock (_accepted)
            return _accepted.Contains(job);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Close();
        await _listening;
        _ending.Dispose();
    }

    private async Task ListenAsync()
    {
        var open = new HashSet<Task>();
        try
        {
            while (true)
            {
                open.RemoveWhere(task => task.IsCompleted);
                open.Add(TakeAsync(await _listener.GetContextAsync()));
            }
        }
        catch (Exception e) when (_ending.IsCancellationRequested && e is HttpListenerException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task TakeAsync(HttpListenerContext http)
    {
        int lot;
        lock (_random)
            lot = _isHealed ? 100 : _random.Next(100);
        try
        {
            using var body = new MemoryStream();
            await http.Request.InputStream.CopyToAsync(body, _ending.Token);
            var message = Read(http.Request, body.ToArray()) with { IsAccepted = lot >= FailingPercent + HangingPercent };
            if (lot < HangingPercent)
            {
                _record.Add(message);
                await Task.Delay(Timeout.Infinite, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            http.Response.StatusCode = message.IsAccepted ? 204 : 500 + (lot % 4);
            http.Response.Close();
            // An answer that could not be given accepts nothing.
            if (lot >= HangingPercent)
                _record.Add(message);
            if (message is { IsAccepted: true, Job: { } job })
                Accept(job);
        }
        catch (Exception e) when (e is HttpListenerException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The silo has hung up, or died.
        }
    }

    private void Accept(string job)
    {
        lock (_accepted)
            _accepted.Add(job);
    }

    private WebhookRecord Read(HttpListenerRequest request, byte[] body)
    {
        var token = request.Url!.AbsolutePath.TrimStart('/');
        JsonElement? json = null;
        try
        {
            json = JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            // Whatever it is, it tells nothing of a job.
        }

        var data = Answer.Member(json, "data");
        return new WebhookRecord
        {
            Token = token,
            Id = request.Headers["webhook-id"],
            Job = Answer.Text(data, "job_id"),
            Status = Answer.Text(data, "status"),
            IsSigned = IsSigned(request, body, token),
            IsAccepted = false,
            AtMs = _clock.NowMs,
        };
    }

    private bool IsSigned(HttpListenerRequest request, byte[] body, string token)
    {
        if (TokenText.Owners(token).FirstOrDefault() is not { } owner || !_secrets.TryGetValue(owner.Split('/')[0], out var secret))
            return false;
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}."), .. body];
        var expected = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}";
        return request.Headers["webhook-signature"]?.Split(' ').Contains(expected, StringComparer.Ordinal) == true;
    }
}
