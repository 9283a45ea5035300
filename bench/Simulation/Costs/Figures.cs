using System.Text.Json;

namespace Actors.Bench.Simulation.Costs;

/// <summary>The figures that bench/run.sh keeps, by the row, the work and who did it.</summary>
internal sealed class Figures(JsonElement results)
{
    public static Figures Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return new Figures(document.RootElement.Clone());
    }

    public int Cores => results.GetProperty("machine").GetProperty("cores").GetInt32();

    public string Processor => results.GetProperty("machine").GetProperty("processor").GetString()!;

    /// <summary>The figure of a row whose work and whose doer begin so.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public FigureOfRow Find(string row, string work, string by)
    {
        foreach (var each in Named(results, "rows", "row", row).SelectMany(found => found.GetProperty("figures").EnumerateArray()))
        {
            if (Begins(each, "work", work) && Begins(each, "by", by))
                return new FigureOfRow(row, each);
        }

        throw new KeyNotFoundException($"The row {row} has no figure '{work}…' by '{by}…': run bench/run.sh {row}.");
    }

    internal static IEnumerable<JsonElement> Named(JsonElement holder, string list, string property, string name) =>
        holder.GetProperty(list).EnumerateArray().Where(each => each.GetProperty(property).GetString() == name);

    private static bool Begins(JsonElement figure, string property, string with) =>
        figure.GetProperty(property).GetString()!.StartsWith(with, StringComparison.Ordinal);
}
