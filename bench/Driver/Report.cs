using System.Globalization;

namespace Actors.Bench.Driver;

/// <summary>Prints a row: loads beside each other, and what the first is of the second.</summary>
internal static class Report
{
    public static void Write(string work, (string Name, Figures Figures) ours, (string Name, Figures Figures) beside, double target)
    {
        Write(work, ours, beside);
        var ratio = ours.Figures.PerSecond / beside.Figures.PerSecond;
        Target($"ratio {ratio:N2} x", $"{target:N2} x", ratio >= target);
    }

    public static void Target(FormattableString measured, FormattableString target, bool isReached) =>
        Line($"  {Text(measured)}, target {Text(target)}: {(isReached ? "reached" : "missed")}");

    public static void Write(string work, params ReadOnlySpan<(string Name, Figures Figures)> loads)
    {
        Line($"{work}");
        foreach (var (name, figures) in loads)
        {
            Line($"  {name,-34} {Describe(figures)}");
            if (figures.Errors > 0)
                throw new InvalidOperationException($"{figures.Errors} answers were wrong: the figures are void.");
        }
    }

    public static void Line(FormattableString text) => Console.WriteLine(Text(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Describe(Figures figures)
    {
        var cpu = figures.CpuUsPerRequest > 0 ? string.Create(CultureInfo.InvariantCulture, $"  cpu {figures.CpuUsPerRequest:N0} us") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{figures.PerSecond,9:N0}/s  p50 {figures.Latencies.PercentileMs(0.5):N2} ms  p99 {figures.Latencies.PercentileMs(0.99):N2} ms{cpu}  rounds {figures.Rounds}");
    }
}
