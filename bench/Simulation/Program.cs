// Simulates deployments with the figures of bench/results, and prints what they come to:
//   Actors.Bench.Simulation RESULTS               prints the tables
//   Actors.Bench.Simulation RESULTS DOCUMENT      and replaces them in the document, docs/scaling.md
using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Tables;

if (args is not [var results, .. { Length: <= 1 } documents])
{
    Console.Error.WriteLine("Say which results to simulate with, and at most one document: bench/results/latest.json docs/scaling.md");
    return 1;
}

try
{
    var tables = Report.Of(new MeasuredRows(Figures.Read(results)));
    foreach (var (name, table) in tables)
        Console.WriteLine($"{name}\n\n{table}");
    foreach (var document in documents)
        File.WriteAllText(document, MarkedTables.Replace(File.ReadAllText(document), tables));
    return 0;
}
catch (Exception missing) when (missing is FileNotFoundException or KeyNotFoundException)
{
    // A short run has not all the rows.
    Console.Error.WriteLine(missing.Message);
    return 1;
}
