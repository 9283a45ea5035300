using Actors.Silo.Queue;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Tests;

/// <summary>A silo that has nothing to take from the line leaves the database alone.</summary>
public sealed class IdleLineTests(Testing.PostgresFixture postgres) : IClassFixture<Testing.PostgresFixture>
{
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(13);

    [Fact]
    public async Task A_silo_looks_at_the_line_when_something_happens_and_not_again_at_once()
    {
        var clock = new PauseCount(Pause);
        await using var silo = await TestSilo.StartAsync(postgres.ConnectionString, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.Configure<QueueOptions>(options => (options.LookEvery, options.PauseAfterNothing) = (TimeSpan.FromHours(1), Pause));
        });

        // What is put in line has it look; after each look that finds nothing it pauses.
        var later = await silo.CreateAsync(Ask.Tool("noop"), clock.GetUtcNow().AddHours(2));
        await Eventually.HoldsAsync("the silo looks", () => Task.FromResult(clock.Count > 1));
        Assert.InRange(await PausesDuringJobsAsync(silo, clock), 0, 3);

        await silo.Job(later.Id).CancelAsync(Ask.Ann, "not needed");
        Assert.InRange(await PausesDuringJobsAsync(silo, clock), 0, 3);
    }

    /// <summary>Time passes while jobs run that need no line: there are slots for them.</summary>
    private static async Task<int> PausesDuringJobsAsync(TestSilo silo, PauseCount clock)
    {
        var (before, began) = (clock.Count, clock.GetTimestamp());
        while (clock.GetElapsedTime(began) < Watched)
        {
            await silo.RunAsync(Ask.Tool("noop"));
        }

        return clock.Count - before;
    }

    /// <summary>Counts the timers of one length, which nothing else has.</summary>
    private sealed class PauseCount(TimeSpan length) : TimeProvider
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == length)
            {
                Interlocked.Increment(ref _count);
            }

            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
