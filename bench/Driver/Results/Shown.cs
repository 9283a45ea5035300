using System.Globalization;

namespace Actors.Bench.Driver.Results;

/// <summary>Numbers as lines and tables of figures show them.</summary>
internal static class Shown
{
    /// <summary>Three digits, and all those before the point; of what is very small two behind the zeros.</summary>
    public static string Number(double value)
    {
        var size = Math.Abs(value);
        return value.ToString(size >= 100 ? "N0" : size >= 10 ? "N1" : size >= 0.1 || size == 0 ? "N2" : "0.####", CultureInfo.InvariantCulture);
    }

    /// <summary>The lowest and the highest round.</summary>
    public static string Spread(Figure figure) => $"({Number(figure.Least)} to {Number(figure.Most)})";

    public static string Ratio(double ratio) => ratio.ToString("0.00 ×", CultureInfo.InvariantCulture);

    public static string MiB(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:N0} MiB");
}
