using Actors.Bench.Driver.Results;

namespace Actors.Bench.Driver.Settings;

/// <summary>All settings of a file, as docs/performance.md shows them: a line for each work of each, beside the default that took turns with it.</summary>
internal static class SettingsTable
{
    public static void Print(ResultFile results)
    {
        Console.WriteLine("| setting | work | median (lowest to highest) | the default | ratio | processor time each: server, PostgreSQL | memory; of the default |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var row in results.Rows)
        {
            foreach (var work in row.Figures.GroupBy(figure => figure.Work))
                Console.WriteLine(Line(row.Row, work.First(figure => figure.By == AllSettings.Default.Name), work.First(figure => figure.By == row.Row)));
        }
    }

    private static string Line(string name, Figure before, Figure figure)
    {
        // What leaves the spread of both is worth a look.
        var isApart = figure.Least > before.Most || figure.Most < before.Least;
        var ratio = Shown.Ratio(figure.Median / before.Median);
        return $"| `{name}` | {figure.Work[..figure.Work.LastIndexOf(',')]} | {Rate(figure)} | {Rate(before)} | {(isApart ? $"**{ratio}**" : ratio)} | {Cpu(figure)}; default {Cpu(before)} | {Memory(figure)}; {Memory(before)} |";
    }

    private static string Rate(Figure figure) => $"{Shown.Number(figure.Median)} /s {Shown.Spread(figure)}";

    private static string Cpu(Figure figure) => string.Join(", ", figure.Processes.Take(2).Select(process => $"{Shown.Number(process.CpuUsEach)} µs"));

    private static string Memory(Figure figure) => Shown.MiB(figure.Processes[0].MemoryMiB);
}
