using System.Globalization;
using System.Text;

namespace Actors.Bench.Driver.Results;

/// <summary>The contests as bars, in SVG that reads on a light and on a dark page: one block for each work, its longest bar the full width.</summary>
internal static class Chart
{
    private const int Width = 820, LabelWidth = 260, BarWidth = 360, Line = 22, BlockGap = 16, Top = 12;

    private const string Style =
        """
        <style>
          text { font: 12px system-ui, sans-serif; fill: #24292f } .work { font-weight: 600 } .by { text-anchor: end }
          .page { fill: #ffffff }
          .ours { fill: #1a7f5a } .other { fill: #9aa4ae } .spread { stroke: #24292f; stroke-width: 1.5 }
          @media (prefers-color-scheme: dark) { .page { fill: #0d1117 } text { fill: #e6edf3 } .ours { fill: #3fb98a } .other { fill: #5b6570 } .spread { stroke: #e6edf3 } }
        </style>
        """;

    // A background of its own: the scheme that an image sees is the system's, which need not be that of the page around it.
    private const string Page = "<rect class=\"page\" width=\"100%\" height=\"100%\" rx=\"6\"/>";

    public static void Write(string path, ResultFile results) => File.WriteAllText(path, Of(results));

    private static string Of(ResultFile results)
    {
        var blocks = results.Rows.SelectMany(row => row.Figures.GroupBy(figure => figure.Work))
            .Where(block => block.Count() > 1 && block.Any(figure => figure.Ratio is not null) && block.All(figure => figure.Unit == "/s") && block.Any(figure => !figure.By.StartsWith("Actors", StringComparison.Ordinal)))
            .ToList();
        var svg = new StringBuilder();
        var y = Top;
        foreach (var block in blocks)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"work\" x=\"8\" y=\"{y + 14}\">{Escape(block.Key)}, per second</text>\n");
            y += Line;
            var scale = BarWidth / block.Max(figure => figure.Most);
            foreach (var figure in block)
            {
                Bar(svg, figure, y, scale);
                y += Line;
            }

            y += BlockGap;
        }

        var machine = $"{results.Machine.Processor}, {results.Machine.Cores} cores shared by all processes; PostgreSQL with fsync on; line: lowest and highest round";
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"8\" y=\"{y + 6}\">{Escape(machine)}</text>\n");
        return string.Create(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {y + 18}\" width=\"{Width}\" role=\"img\" aria-label=\"How fast\">\n{Style}\n{Page}\n{svg}</svg>\n");
    }

    private static void Bar(StringBuilder svg, Figure figure, int y, double scale)
    {
        var length = figure.Median * scale;
        var middle = y + 9;
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"by\" x=\"{LabelWidth - 8}\" y=\"{y + 13}\">{Escape(figure.By)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{(figure.Ratio is null ? "ours" : "other")}\" x=\"{LabelWidth}\" y=\"{y + 2}\" width=\"{length:0.#}\" height=\"14\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"spread\" d=\"M{LabelWidth + (figure.Least * scale):0.#} {middle}H{LabelWidth + (figure.Most * scale):0.#}\"/>");
        var beside = figure.Ratio is { } ratio ? string.Create(CultureInfo.InvariantCulture, $"  (Actors is {ratio:0.00} ×)") : "";
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{LabelWidth + (figure.Most * scale) + 8:0.#}\" y=\"{y + 13}\">{figure.Median:N0}{beside}</text>\n");
    }

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
