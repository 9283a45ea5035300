using System.Globalization;
using Actors.Bench.GrainCalls;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

// Orleans 10.4 on a machine of 2 cores: 250,000 to 310,000 in-process calls/s, p50 3 to 5 us; from a client to a silo,
// both on those 2 cores, 17,000/s with one caller (p50 46 us) and 118,000/s with 128.
const double ReferenceCallsPerSecond = 250_000;

if (args is [RemoteSilo.Verb, var connectionString])
{
    await RemoteSilo.RunAsync(connectionString);
    return;
}

if (args is [ConnectionFigures.PeerCommand])
{
    await ConnectionFigures.AnswerAsync();
    return;
}

if (args is ["hop", "json", var milliseconds])
{
    await HopFigures.PrintAsync(isForMachines: true, TimeSpan.FromMilliseconds(int.Parse(milliseconds, CultureInfo.InvariantCulture)));
    return;
}

Console.WriteLine($"{Environment.ProcessorCount} processors, {typeof(Grain).Assembly.GetName().Name}");
if (args is ["hop"])
{
    await HopFigures.PrintAsync(isForMachines: false, Measurement.Duration);
    return;
}

if (args is [] or ["wire"]) WireFigures.Print();
if (args is [] or ["frames"]) await ConnectionFigures.PrintAsync();
if (args is [] or ["local"]) await MeasureInProcessAsync();
if (args is [] or ["remote"]) await MeasureRemoteAsync();

async Task MeasureInProcessAsync()
{
    using var host = await LocalSilo.StartAsync();
    var grains = host.Services.GetRequiredService<IGrainFactory>();
    foreach (var callers in (int[])[1, 128])
    {
        var targets = Enumerable.Range(0, callers).Select(key => grains.GetGrain<IEchoGrain>(key)).ToArray();
        var grain = await Measurement.OfAsync(callers, (caller, value) => targets[caller].Echo(value));

        var mailboxes = Enumerable.Range(0, callers).Select(_ => new Mailbox()).ToArray();
        var mailbox = await Measurement.OfAsync(callers, (caller, value) => new ValueTask<int>(mailboxes[caller].Echo(value)));
        foreach (var each in mailboxes) await each.DisposeAsync();

        Console.WriteLine($"in process, {callers} callers, each its own grain");
        Console.WriteLine($"  grain           {grain}");
        Console.WriteLine($"  bare mailbox    {mailbox}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  ratio           {grain.CallsPerSecond / ReferenceCallsPerSecond:N2} x Orleans 10.4's 250,000/s (target 1.00), {grain.CallsPerSecond / mailbox.CallsPerSecond:N2} x the bare mailbox"));
    }

    await host.StopAsync();
}

async Task MeasureRemoteAsync()
{
    await using var silo = await RemoteSilo.StartAsync();
    using var client = await silo.ConnectAsync();
    var grains = client.Services.GetRequiredService<IGrainFactory>();
    foreach (var (callers, target) in ((int, double)[])[(1, 17_000), (128, 100_000)])
    {
        var targets = Enumerable.Range(0, callers).Select(key => grains.GetGrain<IEchoGrain>(key)).ToArray();
        var grain = await Measurement.OfAsync(callers, (caller, value) => targets[caller].Echo(value), () => silo.ProcessorTime);
        Console.WriteLine($"client to silo, {callers} callers, each its own grain");
        Console.WriteLine($"  grain           {grain}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  ratio           {grain.CallsPerSecond / target:N2} x {target:N0}/s (target 1.00)"));
    }

    await client.StopAsync();
}
