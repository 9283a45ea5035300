using Actors.Cli.Host;

namespace Actors.Cli.Retries;

/// <summary>Whether the server answers, as all requests together see it; its user is told once when it stops and once when it is back.</summary>
internal sealed class ServerContact(Diagnostics diagnostics, TimeProvider time)
{
    private readonly Lock _gate = new();
    private long? _lostAt;

    /// <summary>It has answered at least once: the URL is right.</summary>
    public bool WasMade { get; private set; }

    public void Found()
    {
        lock (_gate)
        {
            WasMade = true;
            if (_lostAt is not { } since)
                return;
            _lostAt = null;
            diagnostics.Say($"The server answers again, after {time.GetElapsedTime(since).TotalSeconds:0.0} s.");
        }
    }

    public void Lost(string why)
    {
        lock (_gate)
        {
            if (_lostAt is not null)
                return;
            _lostAt = time.GetTimestamp();
            diagnostics.Say($"{why}. Trying again.");
        }
    }
}
