namespace Actors.Storage.Postgres;

/// <summary>How long to go on trying while the database is away; starts with the first failure.</summary>
internal sealed class RetryDeadline(TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private long _firstFailure;
    private TimeSpan _pause = FirstPause;

    /// <summary>Waits before the next try; false: it took too long already.</summary>
    public async ValueTask<bool> PauseAsync()
    {
        if (_firstFailure == 0) _firstFailure = time.GetTimestamp();
        if (time.GetElapsedTime(_firstFailure) + _pause > patience) return false;

        // Spread, so that all processes do not come back to a server that starts in the same moment.
        await Task.Delay(_pause * (1 - (Random.Shared.NextDouble() / 2)), time);
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        return true;
    }
}
