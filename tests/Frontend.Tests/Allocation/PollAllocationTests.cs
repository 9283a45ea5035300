using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests.Allocation;

/// <summary>What a poll allocates, counted: stable where time is not.</summary>
[Collection(nameof(Alone))]
public sealed class PollAllocationTests(Server server)
{
    private const int Rounds = 8;
    private const int Polls = 2_000;

    // 1,495 bytes when this was written, 600 of them strings of the headers, which Kestrel makes; a sixth is room for other runtimes.
    private const int CeilingBytes = 1_750;

    private static readonly bool IsDebugBuild =
        typeof(ActorsFrontend).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_poll_of_a_running_job_allocates_less_than_its_ceiling()
    {
        var id = await server.CreateTaskAsync("slow_compute", new JsonObject { ["seconds"] = 600 }, Token);
        try
        {
            using var connection = new QuietConnection(
                server.Address, server.Wire.Request("tasks/get", new JsonObject { ["taskId"] = id }, Wire.Tasks));
            Assert.True(connection.Send().IndexOf("\"working\""u8) > 0);
            Assert.SkipWhen(IsDebugBuild, "What the compiler leaves unoptimized allocates more; test.sh builds Release.");
            Assert.InRange(LeastOf(connection), 1, CeilingBytes);
        }
        finally
        {
            await server.CancelTaskAsync(id, Token);
        }
    }

    // The least of the rounds: what timers and the compiler allocate meanwhile is not the poll's.
    private static long LeastOf(QuietConnection connection)
    {
        var least = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < Polls; i++)
                connection.Send();
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / Polls);
        }
        return least;
    }
}
