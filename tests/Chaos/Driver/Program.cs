using System.Globalization;
using Actors.Chaos.Checker;
using Actors.Chaos.Checker.Records;
using Actors.Chaos.Driver;

// Exit code 0: every promise was kept; 1: not so; 2: the run itself failed.
var options = ChaosOptions.Parse(args);
var output = Console.Out;
if (options.Record is not null)
    return Check(options.Record);

using var stopped = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stopped.Cancel();
};
var folder = Path.Combine(options.Folder, string.Create(CultureInfo.InvariantCulture, $"seed-{options.Seed}-{Environment.ProcessId}"));
Directory.CreateDirectory(folder);
try
{
    await using var run = new ChaosRun(options, folder, output);
    await run.RunAsync(stopped.Token);
}
catch (Exception e) when (e is TimeoutException or InvalidOperationException or OperationCanceledException)
{
    output.WriteLine($"The run failed: {e.Message}\nIts record and logs are in {folder}");
    return 2;
}

var code = Check(Path.Combine(folder, ChaosRun.RecordName));
if (code == 0 && !options.Keep)
    Directory.Delete(folder, recursive: true);
else
    output.WriteLine($"The record and the logs are in {folder}");
return code;

int Check(string record)
{
    var history = RecordFile.Read(record);
    var violations = HistoryCheck.Run(history);
    new Report(history, violations, output).Print();
    return violations.Count == 0 ? 0 : 1;
}
