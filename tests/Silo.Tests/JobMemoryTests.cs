using System.Diagnostics;
using System.Reflection;
using Actors.Silo.Tests.Pack;
using Actors.Testing;

namespace Actors.Silo.Tests;

/// <summary>What a job keeps in memory while its tool waits, counted: stable where the size of a process is not.</summary>
[Collection(nameof(Alone))]
public sealed class JobMemoryTests(PostgresServer server)
{
    private const string Gate = "memory";
    private const int Jobs = 800;

    // 6,092 bytes when this was written; a sixth is room for other runtimes.
    private const int CeilingBytes = 7_100;

    private static readonly bool IsDebugBuild =
        typeof(SiloHosting).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    [Fact]
    public async Task A_running_job_holds_less_than_its_ceiling()
    {
        Assert.SkipWhen(IsDebugBuild, "What the compiler leaves unoptimized holds more; test.sh builds Release.");
        await using var silo = await TestSilo.StartAsync(await server.CreateDatabaseAsync());
        await StartAsync(silo, Jobs / 8);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await StartAsync(silo, Jobs);
        Assert.InRange((GC.GetTotalMemory(forceFullCollection: true) - before) / Jobs, 1, CeilingBytes);
        Gates.Open(Gate);
    }

    private static async Task StartAsync(TestSilo silo, int jobs)
    {
        for (var i = 0; i < jobs; i++)
        {
            await silo.CreateAsync(Ask.Tool("gated", new { gate = Gate }));
        }
    }
}
