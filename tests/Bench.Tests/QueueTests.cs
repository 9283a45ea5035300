using Actors.Bench.Simulation.Engine;

namespace Actors.Bench.Tests;

/// <summary>The engine beside what is known of queues exactly.</summary>
public sealed class QueueTests
{
    private const double ServiceUs = 100;
    private const int Served = 400_000;
    private const double Tolerance = 0.04;

    private readonly Timeline _timeline = new();
    private readonly Draws _draws = new(7);

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.7)]
    [InlineData(0.9)]
    public void One_server_and_a_time_that_varies_is_waited_for_as_of_an_MM1_queue(double load)
    {
        var meanUs = MeanTimeUs(servers: 1, load, () => _draws.Around(ServiceUs));

        Near(ServiceUs / (1 - load), meanUs);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.7)]
    [InlineData(0.9)]
    public void One_server_and_a_time_that_does_not_is_waited_for_as_of_an_MD1_queue(double load)
    {
        var meanUs = MeanTimeUs(servers: 1, load, () => ServiceUs);

        Near(ServiceUs + load * ServiceUs / (2 * (1 - load)), meanUs);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void Two_servers_are_waited_for_as_of_an_MM2_queue(double load)
    {
        var meanUs = MeanTimeUs(servers: 2, load, () => _draws.Around(ServiceUs));

        Near(ServiceUs / (1 - load * load), meanUs);
    }

    [Fact]
    public void What_takes_long_gives_way_to_what_is_short()
    {
        var cores = new Cores(_timeline, 1, new Meter(_timeline, "core", 1));
        var (longAtUs, shortAtUs) = (0.0, 0.0);
        cores.Work(50_000, () => longAtUs = _timeline.NowUs);
        cores.Work(100, () => shortAtUs = _timeline.NowUs);

        _timeline.RunFor(1_000_000);

        Assert.InRange(shortAtUs, 100, 2_000);
        Assert.Equal(50_100, longAtUs, precision: 3);
    }

    private double MeanTimeUs(int servers, double load, Func<double> serviceUs)
    {
        var use = new Meter(_timeline, "cores", servers);
        var cores = new Cores(_timeline, servers, use);
        var times = new Tally(_timeline);
        Demand.Open(_timeline, _draws, () => load * servers / ServiceUs * 1_000_000, () => cores.Work(serviceUs(), times.Time(() => { })));

        _timeline.RunFor(Served * ServiceUs / (load * servers));

        Near(load, use.Share);
        return times.MeanUs;
    }

    private static void Near(double expected, double actual) => Assert.InRange(actual, expected * (1 - Tolerance), expected * (1 + Tolerance));
}
