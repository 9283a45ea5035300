using System.Reflection;
using System.Text;
using System.Text.Json;
using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Validation;
using Actors.Checkout;

namespace Actors.Bench.Tests;

public sealed class FigureTests
{
    [Fact]
    public void The_results_in_the_repository_have_every_figure_that_the_simulation_reads()
    {
        var costs = Calibration.Of(new MeasuredRows(Figures.Read(Path.Combine(Repository.Root, "bench/results/latest.json"))));

        Assert.All(
            typeof(CostSheet).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.PropertyType == typeof(double)),
            property => Assert.True((double)property.GetValue(costs)! is >= 0 and < 100_000, $"{property.Name}: {property.GetValue(costs)}"));
        Assert.True(costs is { RequestUs: > 0, CreateUs: > 0, RowUs: > 0, ClaimUs: > 0, WordUs: > 0, LiveKiB: > 0, ListenerKiB: > 0 }, $"{costs}");
    }

    [Fact]
    public void A_figure_that_is_missing_is_named_with_the_command_that_measures_it()
    {
        using var empty = JsonDocument.Parse("""{"machine":{"cores":2,"processor":"any"},"rows":[{"row":"polls","figures":[]}]}"""u8.ToArray());

        var missing = Assert.Throws<KeyNotFoundException>(() => new MeasuredRows(new Figures(empty.RootElement)));

        Assert.Contains("bench/run.sh polls", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_is_found_by_the_beginning_of_its_words_and_says_how_many_called()
    {
        using var results = JsonDocument.Parse(Encoding.UTF8.GetBytes("""
            {"rows":[{"row":"creates","figures":[
              {"work":"durable create, 48 callers","by":"pgbench","median":1},
              {"work":"durable create, 48 callers","by":"Actors, with a key","median":2,"p50Ms":0.5,
               "processes":[{"name":"server","cpuUsEach":80,"cpuUsPerSecond":500}]}]}]}
            """));

        var found = new Figures(results.RootElement).Find("creates", "durable create", "Actors");

        Assert.Equal((2.0, 48, 80.0, 0.0), (found.Median, found.Callers, found.CpuUsEach("server"), found.CpuUsEachOrNone("PostgreSQL")));
        Assert.Throws<KeyNotFoundException>(() => found.CpuUsEach("PostgreSQL"));
    }
}
