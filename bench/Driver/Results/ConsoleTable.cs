using System.Globalization;

namespace Actors.Bench.Driver.Results;

/// <summary>Figures for people: one line each, and the processes below it.</summary>
internal static class ConsoleTable
{
    private const int ByWidth = 34;

    public static string Line(Figure figure)
    {
        var line = Text($"  {figure.By,-ByWidth} {Shown.Number(figure.Median),10} {figure.Unit,-8} {Shown.Spread(figure),-24}");
        line += figure.Ratio is { } ratio ? Text($" x {ratio,-8:0.00##}") : new string(' ', 11);
        line += figure.P50Ms is { } p50 ? Text($" p50 {Shown.Number(p50)} ms  p99 {Shown.Number(figure.P99Ms ?? 0)} ms") : "";
        line += figure.Target is { } target ? $"  target {(target.IsRatio ? "x " : "")}{Shown.Number(target.Value)}: {(target.IsReached ? "reached" : "MISSED")}" : "";
        return figure.Processes.Count == 0 ? line : line + Environment.NewLine + Processes(figure.Processes);
    }

    private static string Processes(IEnumerable<ProcessUse> processes) => $"  {"",-ByWidth} " + string.Join("; ", processes.Select(process =>
        Text($"{process.Name} {process.CpuUsPerSecond:N0} us/s{(process.CpuUsEach > 0 ? Text($", {Shown.Number(process.CpuUsEach)} us each") : "")}, {Shown.MiB(process.MemoryMiB)}")));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
