using System.Globalization;

namespace Actors.Bench.Driver.Results;

/// <summary>Figures for people: one line each, and the processes below it.</summary>
internal static class ConsoleTable
{
    private const int ByWidth = 34;

    public static string Of(ResultFile results)
    {
        var lines = results.Rows.SelectMany(row => row.Figures
            .GroupBy(figure => figure.Work)
            .SelectMany(work => (IEnumerable<string>)[$"{row.Row}: {work.Key}", .. work.Select(Line)]));
        return string.Join(Environment.NewLine, lines);
    }

    public static string Line(Figure figure)
    {
        var line = Text($"  {figure.By,-ByWidth} {Number(figure.Median),10} {figure.Unit,-8} {$"({Number(figure.Least)} to {Number(figure.Most)})",-24}");
        line += figure.Ratio is { } ratio ? Text($" x {ratio,-8:0.00##}") : new string(' ', 11);
        line += figure.P50Ms is { } p50 ? Text($" p50 {Number(p50)} ms  p99 {Number(figure.P99Ms ?? 0)} ms") : "";
        line += figure.Target is { } target ? $"  target {(target.IsRatio ? "x " : "")}{Number(target.Value)}: {(target.IsReached ? "reached" : "MISSED")}" : "";
        return figure.Processes.Count == 0 ? line : line + Environment.NewLine + Processes(figure.Processes);
    }

    /// <summary>Three digits, and all those before the point; of what is very small two behind the zeros.</summary>
    public static string Number(double value)
    {
        var size = Math.Abs(value);
        return value.ToString(size >= 100 ? "N0" : size >= 10 ? "N1" : size >= 0.1 || size == 0 ? "N2" : "0.####", CultureInfo.InvariantCulture);
    }

    private static string Processes(IEnumerable<ProcessUse> processes) => $"  {"",-ByWidth} " + string.Join("; ", processes.Select(process =>
        Text($"{process.Name} {process.CpuUsPerSecond:N0} us/s{(process.CpuUsEach > 0 ? Text($", {Number(process.CpuUsEach)} us each") : "")}, {process.MemoryMiB:N0} MiB")));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
