using Actors.Demo;

// Usage: Actors.Demo [files] [milliseconds per file]. Exits with 0 only where everything happened as told.
var files = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 100;
var delayMs = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 150;

using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(5));
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};
try
{
    await new Story(files, delayMs).PlayAsync(stop.Token);
    return 0;
}
catch (Exception exception) // The end of the program: whatever went wrong is said, and the exit code tells.
{
    await Console.Error.WriteLineAsync($"\nThe demo failed: {exception.Message}");
    return 1;
}
