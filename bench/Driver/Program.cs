// Measures rows, prints each figure beside what it is compared with, and keeps all of them in a file:
//   Actors.Bench.Driver [--quick] [--out FILE] [--chart FILE] [ROW...]      no row: all that a full or a quick run has
//   Actors.Bench.Driver compare OLD NEW                                     what moved by more than the rounds lay apart
//   Actors.Bench.Driver markdown FILE                                       the tables of docs/performance.md
//   Actors.Bench.Driver chart FILE SVG                                      the chart of what a file holds
//   Actors.Bench.Driver settings FILE [SETTING...]                          the product with other settings of its runtime
using Actors.Bench.Driver;
using Actors.Bench.Driver.Cluster;
using Actors.Bench.Driver.Results;
using Actors.Bench.Driver.Rows;
using Actors.Bench.Driver.Settings;

if (args is ["compare", var oldPath, var newPath])
    return Comparison.Print(oldPath, newPath);
if (args is ["markdown", var path])
{
    MarkdownTable.Print(path);
    return 0;
}

if (args is ["chart", var resultsPath, var svg])
{
    Chart.Write(svg, ResultFile.Read(resultsPath) ?? throw new ArgumentException($"There is no file {resultsPath}."));
    return 0;
}

if (args is ["settings", var settingsFile, .. var tried])
{
    await SettingsRun.RunAsync(settingsFile, tried);
    return 0;
}

var startedAt = TimeProvider.System.GetTimestamp();
var options = CommandLine.Parse(args);
var failed = new List<string>();
foreach (var name in options.Rows)
{
    try
    {
        await MeasureAsync(name);
    }
    catch (Exception exception)
    {
        // A row whose figures are void must not take those of the rows after it along; its last figures stay in the file.
        failed.Add(name);
        Console.Error.WriteLine($"  {name} FAILED: {exception}");
    }
}

var (minutes, seconds) = Math.DivRem((int)TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds, 60);
Console.WriteLine($"{options.Rows.Count} rows took {minutes} min {seconds} s{(failed.Count > 0 ? $"; FAILED: {string.Join(", ", failed)}" : "")}");
return failed.Count > 0 ? 1 : 0;

async Task MeasureAsync(string name)
{
    var row = new RowRun(name, new Pace(options.IsQuick));
    var (alsoRan, load, began) = (await Surroundings.LookAsync(), Surroundings.LoadAverage(), TimeProvider.System.GetTimestamp());
    await RunAsync(row);
    var result = new RowResult
    {
        Row = name,
        Commit = Build.Commit,
        At = TimeProvider.System.GetUtcNow(),
        IsQuick = options.IsQuick,
        Seconds = Math.Round(TimeProvider.System.GetElapsedTime(began).TotalSeconds),
        AlsoRan = alsoRan,
        LoadAverage = load,
        Figures = row.Figures,
    };
    var results = ResultFile.With(ResultFile.Read(options.OutFile), Machine.Here(), result, RowNames.All);
    results.Write(options.OutFile);
    Console.WriteLine($"  {name} took {result.Seconds:0} s; before it also ran: {alsoRan}; load average {load}");
    if (options.ChartFile is { } chart)
        Chart.Write(chart, results);
}

static Task RunAsync(RowRun row) => row.Name switch
{
    "polls" => PollsRow.RunAsync(row),
    "calls" => CallsRow.RunAsync(row),
    "creates" => CreatesRow.RunAsync(row),
    "jobs" => JobsRow.RunAsync(row),
    "pickup" => InClusterAsync(cluster => PickupRow.RunAsync(row, cluster)),
    "cancel" => InClusterAsync(cluster => CancelRow.RunAsync(row, cluster)),
    "recovery" => InClusterAsync(cluster => RecoveryRow.RunAsync(row, cluster)),
    "streams" => StreamsRow.RunAsync(row),
    "live" => LiveRow.RunAsync(row),
    "start" => StartRow.RunAsync(row),
    "watchers" => WatchersRow.RunAsync(row),
    "sessions" => SessionsRow.RunAsync(row),
    "hop" => HopRow.RunAsync(row),
    "fairness" => InClusterAsync(cluster => FairnessRow.RunAsync(row, cluster), FairnessRow.SlotsPerSilo),
    "table" => TableRow.RunAsync(row),
    "purge" => PurgeRow.RunAsync(row),
    "claim" => ClaimRow.RunAsync(row),
    _ => throw new ArgumentException($"There is no row {row.Name}."),
};

static async Task InClusterAsync(Func<BenchCluster, Task> measure, int? slotsPerSilo = null)
{
    await using var cluster = await BenchCluster.StartAsync(slotsPerSilo);
    await measure(cluster);
}
