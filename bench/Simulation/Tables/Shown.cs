using System.Globalization;

namespace Actors.Bench.Simulation.Tables;

/// <summary>Numbers as tables show them: no more digits than they deserve.</summary>
internal static class Shown
{
    private const int Digits = 3;

    /// <summary>Three digits that count, and noughts.</summary>
    public static string Number(double value)
    {
        if (value <= 0)
            return "0";
        var decimals = Digits - 1 - (int)Math.Floor(Math.Log10(value));
        if (decimals >= 0)
            return value.ToString($"N{Math.Min(decimals, Digits)}", CultureInfo.InvariantCulture);
        var unit = Math.Pow(10, -decimals);
        return (Math.Round(value / unit) * unit).ToString("N0", CultureInfo.InvariantCulture);
    }

    public static string Us(double value) => $"{Number(value)} µs";

    public static string Ms(double? value) => value is { } known ? $"{Number(known)} ms" : "";

    public static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";

    /// <summary>How far a figure is from what it is held against.</summary>
    public static string Off(double simulated, double measured) => (simulated / measured - 1).ToString("+0 %;−0 %;0 %", CultureInfo.InvariantCulture);
}
