// Three rows, each a ratio within one run:
//   dotnet run -c Release --project bench/Driver            all
//   dotnet run -c Release --project bench/Driver -- polls   or creates: one of those that this program measures itself
// Everything shares this machine's processors: the servers, Postgres and this driver.
using System.Runtime.InteropServices;
using Actors.Bench.Driver;

var wanted = args.Length > 0 ? args[0] : "all";
Report.Line($"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors");
Report.Line($"The driver, the servers and PostgreSQL share them. Load average before: {File.ReadAllText("/proc/loadavg").Trim()}");

await using var postgres = await BenchPostgres.StartAsync();
await using var actors = await StartedProcess.StartAsync("src/Standalone", "Actors.Standalone", "/readyz",
    ("Actors:Storage:ConnectionString", postgres.ConnectionString),
    // What holds is queued behind the running ones, and stays there.
    ("Actors:Attempts:MaxWaitingJobs", "10000000"),
    ("Actors:ToolPacks:Paths:0", StartedProcess.BuildOutput("bench/Pack", "Actors.Bench.Pack.dll")));
var key = await postgres.CreateKeyAsync();
if (wanted is "all" or "polls")
    await PollRow.RunAsync(actors, key);
if (wanted is "all" or "creates")
    await CreateRow.RunAsync(actors, key, postgres.ConnectionString);
Report.Line($"Load average after: {File.ReadAllText("/proc/loadavg").Trim()}");
