using Actors.Bench.Driver.Results;
using Actors.Checkout;

namespace Actors.Bench.Driver;

/// <summary>What to measure, and where the figures go.</summary>
internal sealed record CommandLine(IReadOnlyList<string> Rows, bool IsQuick, string OutFile, string? ChartFile)
{
    public static CommandLine Parse(string[] arguments)
    {
        var (rows, isQuick, outFile, chart) = (new List<string>(), false, (string?)null, (string?)null);
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--quick":
                    isQuick = true;
                    break;
                case "--out" when i + 1 < arguments.Length:
                    outFile = arguments[++i];
                    break;
                case "--chart" when i + 1 < arguments.Length:
                    chart = arguments[++i];
                    break;
                case var row when RowNames.All.Contains(row):
                    rows.Add(row);
                    break;
                case var unknown:
                    throw new ArgumentException($"There is no row or option {unknown}. Rows: {string.Join(", ", RowNames.All)}.");
            }
        }

        if (rows.Count == 0)
            rows.AddRange(isQuick ? RowNames.Quick : RowNames.All);
        // The chart of the README shows what the committed file holds.
        var results = Path.Combine(Repository.Root, "bench/results");
        if (!isQuick && outFile is null)
            chart ??= Path.Combine(results, "chart.svg");
        return new CommandLine(rows, isQuick, outFile ?? Path.Combine(results, isQuick ? "quick.json" : "latest.json"), chart);
    }
}
