namespace Actors.Bench.Simulation.Tables;

/// <summary>A document's tables that a run replaces: each stands between a line that names it and a line that ends it.</summary>
internal static class MarkedTables
{
    private const string End = "<!-- end of simulated -->";

    public static string BeginOf(string name) => $"<!-- simulated: {name} -->";

    /// <exception cref="ArgumentException">The document has no place for a table.</exception>
    public static string Replace(string document, IEnumerable<(string Name, string Table)> tables)
    {
        foreach (var (name, table) in tables)
        {
            var begin = document.IndexOf(BeginOf(name), StringComparison.Ordinal);
            var end = begin < 0 ? -1 : document.IndexOf(End, begin, StringComparison.Ordinal);
            if (end < 0)
                throw new ArgumentException($"The document has no lines '{BeginOf(name)}' and '{End}'.");
            document = $"{document[..begin]}{BeginOf(name)}\n{table}{document[end..]}";
        }

        return document;
    }
}
