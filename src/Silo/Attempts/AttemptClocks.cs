using Actors.Grains.Jobs;

namespace Actors.Silo.Attempts;

/// <summary>The time limits of one attempt: its own, what is left of the job's, and how long the tool may say nothing. Most tools have none.</summary>
internal sealed class AttemptClocks : IDisposable
{
    private readonly AttemptClock? _own;
    private readonly AttemptClock? _total;
    private readonly AttemptClock? _silence;

    public AttemptClocks(JobAttempt attempt, TimeProvider time, Action<StopReason> stop)
    {
        var terms = attempt.Terms;
        _own = Clock(Seconds(terms.TimeoutSeconds), StopReason.TimedOut);
        _total = Clock(TotalTime.DeadlineOf(attempt.Row, terms) - time.GetUtcNow(), StopReason.OutOfTime);
        _silence = Clock(Seconds(terms.HeartbeatSeconds), StopReason.HeartbeatMissed);

        AttemptClock? Clock(TimeSpan? limit, StopReason reason) =>
            limit is { } given ? new AttemptClock(given, time, () => stop(reason)) : null;
    }

    /// <summary>The tool waits for an answer: a person's time is not the tool's.</summary>
    public void Pause()
    {
        _own?.Pause();
        _total?.Pause();
        _silence?.Pause();
    }

    public void Resume()
    {
        _own?.Resume();
        _total?.Resume();
        _silence?.Restart();
        _silence?.Resume();
    }

    /// <summary>The tool has said something.</summary>
    public void Beat() => _silence?.Restart();

    public void Dispose()
    {
        _own?.Dispose();
        _total?.Dispose();
        _silence?.Dispose();
    }

    private static TimeSpan? Seconds(int limit) => limit > 0 ? TimeSpan.FromSeconds(limit) : null;
}
