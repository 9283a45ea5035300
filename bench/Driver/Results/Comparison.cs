using System.Globalization;

namespace Actors.Bench.Driver.Results;

/// <summary>What moved between two result files by more than the noise: the rounds of both do not even touch.</summary>
internal static class Comparison
{
    private const int GotWorse = 1, NotComparable = 2;

    /// <summary>Returns 1 where something of the product got worse, and 2 where the two cannot be compared.</summary>
    public static int Print(string oldPath, string newPath)
    {
        var (before, after) = (Read(oldPath), Read(newPath));
        if (before.Rows.Concat(after.Rows).Select(row => row.IsQuick).Distinct().Count() > 1)
        {
            Console.Error.WriteLine($"Not compared: the old file {Quick(before)}, the new file {Quick(after)}. A quick run has shorter rounds and warm-ups, and other sizes: compare quick with quick, or full with full.");
            return NotComparable;
        }

        PrintMissing(before, after, "only in the old file");
        PrintMissing(after, before, "only in the new file");
        if (!before.Machine.IsLike(after.Machine))
            Console.WriteLine($"Not the same machine: {before.Machine.Processor}, {before.Machine.Cores} cores; {after.Machine.Processor}, {after.Machine.Cores} cores. Compare ratios only.");
        var old = ByKey(before);
        var (compared, moved, worse) = (0, 0, 0);
        foreach (var (key, now) in ByKey(after))
        {
            if (!old.TryGetValue(key, out var then))
                continue;
            compared++;
            if (now.Least <= then.Most && then.Least <= now.Most)
                continue;
            moved++;
            var isWorse = now.IsLessBetter ? now.Median > then.Median : now.Median < then.Median;
            worse += isWorse && now.By.StartsWith("Actors", StringComparison.Ordinal) ? 1 : 0;
            Console.WriteLine($"{(isWorse ? "worse " : "better")} {key.Row}: {key.Work}; {key.By}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"       {Describe(then)} -> {Describe(now)} {now.Unit}, {(now.Median / then.Median) - 1:+0 %;-0 %}"));
        }

        Console.WriteLine($"{compared} figures compared, {moved} moved by more than their rounds lay apart, {worse} of Actors got worse");
        return worse > 0 ? GotWorse : 0;
    }

    private static string Quick(ResultFile results) => results.Rows.Count(row => row.IsQuick) switch
    {
        0 => "holds a full run",
        var quick when quick == results.Rows.Count => "holds a quick run",
        var quick => $"holds {quick} rows of a quick run among its {results.Rows.Count}",
    };

    private static void PrintMissing(ResultFile here, ResultFile there, string where)
    {
        var missing = here.Rows.Select(row => row.Row).Except(there.Rows.Select(row => row.Row)).ToList();
        if (missing.Count > 0)
            Console.WriteLine($"{where}: {string.Join(", ", missing)}");
    }

    private static ResultFile Read(string path) => ResultFile.Read(path) ?? throw new ArgumentException($"There is no file {path}.");

    private static Dictionary<(string Row, string Work, string By), Figure> ByKey(ResultFile results) =>
        results.Rows.SelectMany(row => row.Figures.Select(figure => (Key: (row.Row, figure.Work, figure.By), Figure: figure))).ToDictionary(each => each.Key, each => each.Figure);

    private static string Describe(Figure figure) => $"{Shown.Number(figure.Median)} {Shown.Spread(figure)}";
}
