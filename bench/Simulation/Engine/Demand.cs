namespace Actors.Bench.Simulation.Engine;

/// <summary>Who asks, and when. What is asked for is given what to call when it is done.</summary>
internal static class Demand
{
    /// <summary>A number of callers who each ask again as soon as they have their answer.</summary>
    public static void Closed(int callers, Tally answers, Action<Action> ask)
    {
        for (var caller = 0; caller < callers; caller++)
            Again();

        void Again() => ask(answers.Time(Again));
    }

    /// <summary>Many who know nothing of each other: so many a second on the average, whether or not they are answered.</summary>
    /// <param name="timeline">The time.</param>
    /// <param name="draws">When each comes.</param>
    /// <param name="perSecond">How many, as things are at the time; where it is 0 it is asked again a little later.</param>
    /// <param name="come">What each does.</param>
    public static void Open(Timeline timeline, Draws draws, Func<double> perSecond, Action come)
    {
        const double idleUs = 1000;
        Next();

        void Next()
        {
            if (perSecond() is var rate and > 0)
            {
                timeline.After(draws.Around(1_000_000 / rate), () =>
                {
                    come();
                    Next();
                });
            }
            else timeline.After(idleUs, Next);
        }
    }
}
