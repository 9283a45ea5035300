using Actors.Cli.Stdio;

namespace Actors.Cli.Retries;

/// <summary>How long one request is tried for, and the pauses in between. An outage begins with the first failure, and ends with a sign of life.</summary>
internal sealed class Patience(StdioOptions options, ServerContact contact, TimeProvider time)
{
    private long? _since;
    private Backoff _backoff = new(options.LongestPause);

    /// <summary>Since the outage began.</summary>
    public TimeSpan Spent => _since is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero;

    private TimeSpan Limit => contact.WasMade ? options.RetryFor : options.StartFor;

    /// <summary>Waits for the next try; false: there is none.</summary>
    /// <param name="after">What the server asked to wait, at least; null: nothing.</param>
    /// <param name="cancellationToken">The request is not wanted any more.</param>
    public async Task<bool> PauseAsync(TimeSpan? after, CancellationToken cancellationToken)
    {
        _since ??= time.GetTimestamp();
        var pause = _backoff.Next();
        if (after > pause)
            pause = after.Value;
        if (Spent + pause > Limit)
            return false;
        await Task.Delay(pause, time, cancellationToken);
        return true;
    }

    /// <summary>Something came: what breaks from now on is another outage.</summary>
    public void Renew()
    {
        contact.Found();
        _since = null;
        _backoff = new(options.LongestPause);
    }
}
