namespace Actors.Cli.Retries;

/// <summary>The pauses between tries: each about twice the one before, and no two bridges at the same moment.</summary>
internal struct Backoff(TimeSpan longest)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);

    private TimeSpan _next = First;

    /// <summary>From half of its nominal length up to all of it.</summary>
    public TimeSpan Next()
    {
        var pause = _next * (0.5 + (Random.Shared.NextDouble() / 2));
        _next = _next * 2 < longest ? _next * 2 : longest;
        return pause < longest ? pause : longest;
    }
}
