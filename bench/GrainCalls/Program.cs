using System.Globalization;
using Actors.Bench.GrainCalls;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;

// Orleans 10.4 on a machine of 2 cores: 250,000 to 310,000 in-process calls/s, p50 3 to 5 us.
const double ReferenceCallsPerSecond = 250_000;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.UseOrleans(silo => silo.UseLocalhostClustering());
using var host = builder.Build();
await host.StartAsync();
var grains = (IGrainFactory)host.Services.GetService(typeof(IGrainFactory))!;

Console.WriteLine($"{Environment.ProcessorCount} processors, {typeof(Grain).Assembly.GetName().Name}");
WireFigures.Print();
foreach (var callers in (int[])[1, 128])
{
    var targets = Enumerable.Range(0, callers).Select(key => grains.GetGrain<IEchoGrain>(key)).ToArray();
    var grain = await Measurement.OfAsync(callers, (caller, value) => targets[caller].Echo(value));

    var mailboxes = Enumerable.Range(0, callers).Select(_ => new Mailbox()).ToArray();
    var mailbox = await Measurement.OfAsync(callers, (caller, value) => new ValueTask<int>(mailboxes[caller].Echo(value)));
    foreach (var each in mailboxes) await each.DisposeAsync();

    Console.WriteLine($"{callers} callers, each its own grain");
    Console.WriteLine($"  grain           {grain}");
    Console.WriteLine($"  bare mailbox    {mailbox}");
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  ratio           {grain.CallsPerSecond / ReferenceCallsPerSecond:N2} x Orleans 10.4's 250,000/s (target 1.00), {grain.CallsPerSecond / mailbox.CallsPerSecond:N2} x the bare mailbox"));
}

await host.StopAsync();
