using Actors.Silo.Attempts;

namespace Actors.Silo.Tests;

public sealed class AttemptClockTests
{
    private readonly ManualTime _time = new();
    private int _fired;

    [Fact]
    public void It_fires_at_the_limit_and_not_before()
    {
        using var clock = new AttemptClock(TimeSpan.FromSeconds(10), _time, () => _fired++);
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal(0, _fired);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(1, _fired);
    }

    [Fact]
    public void Time_spent_waiting_for_answers_does_not_count()
    {
        using var clock = new AttemptClock(TimeSpan.FromSeconds(10), _time, () => _fired++);
        _time.Advance(TimeSpan.FromSeconds(6));
        clock.Pause();
        clock.Pause();
        _time.Advance(TimeSpan.FromDays(2));
        clock.Resume();
        _time.Advance(TimeSpan.FromDays(2));
        clock.Resume();
        _time.Advance(TimeSpan.FromSeconds(3.9));
        Assert.Equal(0, _fired);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(1, _fired);
    }

    [Fact]
    public void It_counts_from_the_beginning_after_each_restart()
    {
        using var clock = new AttemptClock(TimeSpan.FromSeconds(10), _time, () => _fired++);
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(9));
            clock.Restart();
        }

        Assert.Equal(0, _fired);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, _fired);
    }

    [Fact]
    public void A_restart_does_not_end_a_pause()
    {
        using var clock = new AttemptClock(TimeSpan.FromSeconds(10), _time, () => _fired++);
        clock.Pause();
        clock.Restart();
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, _fired);
        clock.Resume();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, _fired);
    }

    [Fact]
    public void Where_no_time_is_left_it_fires_at_once()
    {
        using var clock = new AttemptClock(TimeSpan.FromSeconds(-5), _time, () => _fired++);
        _time.Advance(TimeSpan.Zero);
        Assert.Equal(1, _fired);
    }
}
