using Actors.Bench.Driver.Load;
using Actors.Bench.Driver.Processes;
using Actors.Checkout;

namespace Actors.Bench.Driver.Rows;

/// <summary>
/// tools/call of a job tool until the handle is there, which means until its row is durable, beside Postgres taking the same rows.
/// The jobs hold: when every slot is taken the others wait, and what is measured is the create.
/// </summary>
internal static class CreatesRow
{
    private const int Callers = 64;

    public static async Task RunAsync(RowRun row)
    {
        await using var actors = await OneProcess.StartAsync();
        await using var sdk = await StartedProcess.StartAsync(BuildOutput.Find("bench/SdkEndpoint", "Actors.Bench.SdkEndpoint"), "/");
        using var ours = await LoadAsync(actors.Address, actors.Requests);
        using var inMemory = await LoadAsync(sdk.Address, new McpRequest(sdk.Address, null));
        var sample = await SampleRow.OfAsync(actors.Postgres.ConnectionString, await actors.CreateAsync("hold"));
        await using var batched = await BatchedInserts.OfAsync(actors.Postgres.ConnectionString, sample);
        await using var single = await SingleInserts.OfAsync(actors.Postgres, sample, Callers);
        await Contest.RunAsync(row, $"durable create: tools/call until the handle, {Callers} callers",
            new Contestant("Actors, one process, with a key", ours.RunAsync, actors.Group, actors.Postgres.Group) { Warmups = 3 },
            new Contestant($"PostgreSQL, batches of {BatchedInserts.RowsPerBatch}", batched.RunAsync, actors.Postgres.Group) { LeastRatio = 0.2 },
            new Contestant("PostgreSQL, pgbench, a commit each", single.RunAsync, actors.Postgres.Group, SingleInserts.Group),
            new Contestant("C# SDK, in memory, not durable", inMemory.RunAsync, new ProcessGroup("server", sdk.Pid)) { LeastRatio = 1, Warmups = 3 });
    }

    private static Task<HttpLoad> LoadAsync(Uri address, McpRequest requests) => HttpLoad.ConnectAsync(
        address, requests.CallTool("hold"), Callers, answer => HttpConnection.IsOk(answer.Span) && answer.Span.IndexOf("\"taskId\""u8) > 0);
}
