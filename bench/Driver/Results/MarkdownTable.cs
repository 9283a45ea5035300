using System.Globalization;

namespace Actors.Bench.Driver.Results;

/// <summary>The figures of a file as docs/performance.md shows them.</summary>
internal static class MarkdownTable
{
    public static void Print(string path)
    {
        var results = ResultFile.Read(path) ?? throw new ArgumentException($"There is no file {path}.");
        foreach (var row in results.Rows)
        {
            Console.WriteLine();
            Console.WriteLine($"### `{row.Row}`");
            Console.WriteLine($"Commit {row.Commit}, {row.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC{(row.IsQuick ? ", short rounds" : "")}; before it also ran: {row.AlsoRan}; load average {row.LoadAverage}.");
            Console.WriteLine();
            Console.WriteLine("| work | by | median (lowest to highest) | Actors is | p50, p99 | processor time, memory | target |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            var work = "";
            foreach (var figure in row.Figures)
            {
                Console.WriteLine(Line(figure, isFirst: figure.Work != work));
                work = figure.Work;
            }
        }
    }

    private static string Line(Figure figure, bool isFirst)
    {
        var spread = figure.Rounds.Count > 1 ? $" {Shown.Spread(figure)}" : "";
        var latency = figure is { P50Ms: { } p50, P99Ms: { } p99 } ? $"{Shown.Number(p50)} ms, {Shown.Number(p99)} ms" : "";
        var ratio = figure.Ratio is { } times ? Shown.Ratio(times) : "";
        var target = figure.Target is { } wanted ? $"{Shown.Number(wanted.Value)}{(wanted.IsRatio ? " ×" : "")}: {(wanted.IsReached ? "reached" : "**missed**")}" : "";
        return $"| {(isFirst ? figure.Work : "")} | {figure.By} | {Shown.Number(figure.Median)} {figure.Unit}{spread} | {ratio} | {latency} | {Processes(figure)} | {target} |";
    }

    private static string Processes(Figure figure) => string.Join("; ", figure.Processes.Select(process =>
        string.Join(", ", ((string?[])
        [
            process.CpuUsPerSecond > 0 ? string.Create(CultureInfo.InvariantCulture, $"{process.Name} {process.CpuUsPerSecond / 1000:N0} ms/s") : process.Name,
            process.CpuUsEach > 0 ? $"{Shown.Number(process.CpuUsEach)} µs each" : null,
            process.MemoryMiB > 0 ? Shown.MiB(process.MemoryMiB) : null,
        ]).OfType<string>())));
}
