namespace Actors.Frontend.Retries;

/// <summary>The pauses between tries: each about twice the one before, and no two callers at the same moment.</summary>
internal struct Backoff(RetryOptions options)
{
    private TimeSpan _next = options.FirstPause;

    /// <summary>The next pause: from half of its nominal length up to all of it.</summary>
    public TimeSpan Next()
    {
        var pause = _next * (0.5 + (Random.Shared.NextDouble() / 2));
        _next = _next * 2 < options.LongestPause ? _next * 2 : options.LongestPause;
        return pause;
    }
}
