using System.Diagnostics;
using System.Reflection;
using Actors.Silo.Tests.Pack;
using Actors.Testing;

namespace Actors.Silo.Tests;

/// <summary>What a job keeps in memory while its tool waits, counted: stable where the size of a process is not.</summary>
[Collection(nameof(Alone))]
public sealed class JobMemoryTests(PostgresServer server, ITestOutputHelper output)
{
    private const string Gate = "memory";
    // So many that the few MiB that pools hold at one time and not at another are a little of each.
    private const int Jobs = 8_000;

    // 6,092 bytes when this was written; a sixth is room for other runtimes.
    private const int CeilingBytes = 7_100;

    private static readonly bool IsDebugBuild =
        typeof(SiloHosting).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    [Fact]
    public async Task A_running_job_holds_less_than_its_ceiling()
    {
        Assert.SkipWhen(IsDebugBuild, "What the compiler leaves unoptimized holds more; test.sh builds Release.");
        await using var silo = await TestSilo.StartAsync(
            await server.CreateDatabaseAsync(), builder => builder.Configuration["Actors:Attempts:MaxRunningAttempts"] = $"{2 * Jobs}");
        await StartAsync(silo, Jobs / 8);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await StartAsync(silo, Jobs);
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Jobs;
        output.WriteLine($"{each} bytes a job");
        Assert.InRange(each, 1, CeilingBytes);
        Gates.Open(Gate);
    }

    private static Task StartAsync(TestSilo silo, int jobs) => Parallel.ForEachAsync(
        Enumerable.Range(0, jobs),
        new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = TestContext.Current.CancellationToken },
        async (_, _) => await silo.CreateAsync(Ask.Tool("gated", new { gate = Gate })));
}
