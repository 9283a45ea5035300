using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Actors.Bench.Simulation.Costs;

/// <summary>One figure of a row of bench/results.</summary>
internal sealed partial class FigureOfRow(string row, JsonElement figure)
{
    public string Row => row;

    public double Median => figure.GetProperty("median").GetDouble();

    /// <summary>Of the slowest round.</summary>
    public double Least => figure.GetProperty("least").GetDouble();

    /// <summary>Of the fastest round.</summary>
    public double Most => figure.GetProperty("most").GetDouble();

    public double? P50Ms => Optional("p50Ms");

    public double? P99Ms => Optional("p99Ms");

    /// <summary>How many asked at once, which the words of the work say.</summary>
    /// <exception cref="KeyNotFoundException">They do not.</exception>
    public int Callers => CallersInWords().Match(figure.GetProperty("work").GetString()!) is { Success: true } found
        ? int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)
        : throw new KeyNotFoundException($"The work of the row {row} does not say how many callers there were.");

    /// <summary>The processor time of one piece of the work in a process.</summary>
    public double CpuUsEach(string process) => Use(process).GetProperty("cpuUsEach").GetDouble();

    /// <summary>The same, or 0 where that process took no part.</summary>
    public double CpuUsEachOrNone(string process) => Uses(process).Select(use => use.GetProperty("cpuUsEach").GetDouble()).FirstOrDefault();

    /// <summary>The processor time of a process in each second.</summary>
    public double CpuUsPerSecond(string process) => Use(process).GetProperty("cpuUsPerSecond").GetDouble();

    [GeneratedRegex(@"(\d+) (callers|connections)")]
    private static partial Regex CallersInWords();

    private JsonElement Use(string process) => Uses(process).Cast<JsonElement?>().FirstOrDefault()
        ?? throw new KeyNotFoundException($"The row {row} does not say what the process '{process}' took.");

    private IEnumerable<JsonElement> Uses(string process) => Figures.Named(figure, "processes", "name", process);

    private double? Optional(string property) => figure.TryGetProperty(property, out var value) ? value.GetDouble() : null;
}
