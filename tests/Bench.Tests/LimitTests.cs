using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Model;
using Actors.Bench.Simulation.Scenarios;

namespace Actors.Bench.Tests;

/// <summary>What a deployment can do is what its scarcest part can do.</summary>
public sealed class LimitTests
{
    private const double SecondUs = 1_000_000;
    private const double Tolerance = 0.05;

    /// <summary>The costs, the jobs a second that they allow the small deployment, and what is used up then.</summary>
    public static TheoryData<string, double, string> Scarce => new()
    {
        // Two frontends of two cores.
        { nameof(CostSheet.RequestUs), 4 * SecondUs / 200, "frontends' cores" },
        // Four silos of two cores.
        { nameof(CostSheet.CreateUs), 8 * SecondUs / (2 * 200), "silos' cores" },
        // Two cores and two rows of each job.
        { nameof(CostSheet.RowUs), 2 * SecondUs / (2 * 200), "PostgreSQL's cores" },
        // One disk and two rows of each job.
        { nameof(CostSheet.SyncRowUs), SecondUs / (2 * 200), "disk" },
    };

    [Theory]
    [MemberData(nameof(Scarce))]
    public void At_most_as_much_is_done_as_the_scarcest_part_can_do(string cost, double capacity, string scarce)
    {
        var outcome = Service.MostJobs(With(cost), HandMade.Small);

        Near(capacity, outcome.PerSecond);
        Assert.Equal(scarce, outcome.Binds.Name);
    }

    [Theory]
    [MemberData(nameof(Scarce))]
    public void Of_less_than_that_all_is_done(string cost, double capacity, string scarce)
    {
        var outcome = Service.At(With(cost), HandMade.Small, capacity / 2);

        Near(capacity / 2, outcome.PerSecond);
        Assert.True(outcome.Binds.Share < 0.9, $"{outcome.Binds.Name} is used up at half of what {scarce} can do.");
    }

    [Theory]
    [MemberData(nameof(Scarce))]
    public void Nothing_is_used_more_than_there_is_of_it(string cost, double capacity, string scarce)
    {
        foreach (var outcome in (Outcome[])[Service.MostJobs(With(cost), HandMade.Small), Service.At(With(cost), HandMade.Small, 3 * capacity)])
            Assert.All(outcome.Cluster.Meters, meter => Assert.True(meter.Share is >= 0 and <= 1 + 1e-9, $"{meter.Name}: {meter.Share}, where {scarce} is scarce"));
    }

    [Theory]
    [InlineData(nameof(CostSheet.RowUs))]
    [InlineData(nameof(CostSheet.SyncRowUs))]
    public void Twice_the_databases_commit_twice_as_much(string cost)
    {
        var one = Service.MostJobs(With(cost), HandMade.Small);
        var two = Service.MostJobs(With(cost), HandMade.Small with { Databases = 2 });

        Near(2 * one.PerSecond, two.PerSecond);
    }

    [Fact]
    public void Where_others_wait_in_line_slots_divided_by_duration_is_started_each_second()
    {
        var deployment = HandMade.Small with { SlotsPerSilo = 500 };

        var outcome = Service.WithFullSlots(HandMade.Free, deployment, TimeSpan.FromSeconds(1), Watching.Nobody);

        Near(4 * 500, outcome.PerSecond);
        Assert.Equal("slots", outcome.Binds.Name);
    }

    [Fact]
    public void Claims_take_turns_in_a_database_and_not_in_two()
    {
        var costs = HandMade.Free with { ClaimUs = 50_000 };
        var deployment = HandMade.Small with { SlotsPerSilo = 1_000, MaxClaim = 10 };

        var one = Service.WithFullSlots(costs, deployment, TimeSpan.FromSeconds(1), Watching.Nobody);
        var two = Service.WithFullSlots(costs, deployment with { Databases = 2 }, TimeSpan.FromSeconds(1), Watching.Nobody);

        Near(10 / 0.050, one.PerSecond);
        Assert.Equal("claims' lock", one.Binds.Name);
        Near(2 * 10 / 0.050, two.PerSecond);
    }

    [Fact]
    public void The_same_run_comes_to_the_same()
    {
        var (first, second) = (Service.At(HandMade.Free, HandMade.Small, 5_000), Service.At(HandMade.Free, HandMade.Small, 5_000));

        Assert.Equal((first.PerSecond, first.P50Ms, first.P99Ms, first.RowsPerCommit), (second.PerSecond, second.P50Ms, second.P99Ms, second.RowsPerCommit));
    }

    private static CostSheet With(string cost) => cost switch
    {
        nameof(CostSheet.RequestUs) => HandMade.Free with { RequestUs = 200 },
        nameof(CostSheet.CreateUs) => HandMade.Free with { CreateUs = 200, EndUs = 200 },
        nameof(CostSheet.RowUs) => HandMade.Free with { RowUs = 200 },
        nameof(CostSheet.SyncRowUs) => HandMade.Free with { SyncRowUs = 200 },
        _ => throw new ArgumentException(cost),
    };

    private static void Near(double expected, double actual) => Assert.InRange(actual, expected * (1 - Tolerance), expected * (1 + Tolerance));
}
