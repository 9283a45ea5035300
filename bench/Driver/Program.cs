// Rows, each with its target:
//   dotnet run -c Release --project bench/Driver              all
//   dotnet run -c Release --project bench/Driver -- ROW       polls, creates, table or purge (one process), recovery, cancel or pickup (a cluster),
//                                                             claim (the database alone), fairness (a cluster with few slots)
// Everything shares this machine's processors: the servers, Postgres and this driver.
using System.Runtime.InteropServices;
using Actors.Bench.Driver;
using Actors.Bench.Driver.Cluster;

var wanted = args.Length > 0 ? args[0] : "all";
Report.Line($"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors");
Report.Line($"The driver, the servers and PostgreSQL share them. Load average before: {File.ReadAllText("/proc/loadavg").Trim()}");
if (IsWanted("polls", "creates", "table", "purge"))
    await MeasureOneProcessAsync();
if (IsWanted("pickup", "cancel", "recovery"))
    await MeasureClusterAsync();
if (IsWanted("claim"))
    await ClaimRow.RunAsync();
if (IsWanted("fairness"))
    await MeasureFairnessAsync();
Report.Line($"Load average after: {File.ReadAllText("/proc/loadavg").Trim()}");

bool IsWanted(params ReadOnlySpan<string> rows) => wanted == "all" || rows.Contains(wanted);

async Task MeasureOneProcessAsync()
{
    await using var postgres = await BenchPostgres.StartAsync();
    await using var actors = await StartedProcess.StartAsync("src/Standalone", "Actors.Standalone", "/readyz",
        ("Actors:Storage:ConnectionString", postgres.ConnectionString),
        // What holds is queued behind the running ones, and stays there.
        ("Actors:Quotas:MaxWaiting", "100000000"), ("Actors:Quotas:MaxWaitingPerPrincipal", "100000000"),
        ("Actors:Retention:SweepEvery", "00:00:05"), ("Actors:Retention:ClearAfter", "00:00:01"),
        ("Actors:ToolPacks:Paths:0", StartedProcess.BuildOutput("bench/Pack", "Actors.Bench.Pack.dll")));
    var key = await postgres.CreateKeyAsync();
    if (IsWanted("polls"))
        await PollRow.RunAsync(actors, key);
    if (IsWanted("creates"))
        await CreateRow.RunAsync(actors, key, postgres.ConnectionString);
    if (IsWanted("purge"))
        await PurgeRow.RunAsync(actors, key, postgres.ConnectionString);
    if (IsWanted("table"))
        await TableRow.RunAsync(actors, key, postgres.ConnectionString);
}

async Task MeasureFairnessAsync()
{
    await using var cluster = await BenchCluster.StartAsync(FairnessRow.SlotsPerSilo);
    await FairnessRow.RunAsync(cluster);
}

async Task MeasureClusterAsync()
{
    await using var cluster = await BenchCluster.StartAsync();
    if (IsWanted("pickup"))
        await PickupRow.RunAsync(cluster);
    if (IsWanted("cancel"))
        await CancelRow.RunAsync(cluster);
    if (IsWanted("recovery"))
        await RecoveryRow.RunAsync(cluster);
}
