namespace Actors.Bench.Driver;

/// <summary>
/// tools/call of a job tool until the handle is there, which means until its row is durable, beside Postgres taking the same rows
/// in batches. The jobs hold: when every slot is taken the others wait, and what is measured is the create. Jobs that also run
/// and end are measured before it, for orientation, while there are slots; they also warm the server up.
/// </summary>
internal static class CreateRow
{
    private const int Callers = 64;
    private const int Rounds = 3;
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan ShortWarmup = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(StartedProcess actors, string key, string connectionString)
    {
        await using (var whole = await LoadAsync(actors, key, "no_op", Warmup))
        {
            for (var round = 0; round < Rounds; round++)
                await whole.RoundAsync(Round, counts: true);
            Report.Write("for orientation: create a job, which then runs and ends", ("Actors, one process", whole.Figures));
        }
        await using var ours = await LoadAsync(actors, key, "hold", ShortWarmup);
        await using var beside = await BatchedInserts.OfAsync(connectionString, tool: "hold");
        await beside.RoundAsync(ShortWarmup, counts: false);
        for (var round = 0; round < Rounds; round++)
        {
            await ours.RoundAsync(Round, counts: true);
            await beside.RoundAsync(Round, counts: true);
        }
        Report.Write(
            $"durable create, tools/call until the handle, {Callers} callers",
            ("Actors, one process", ours.Figures), ($"the same rows, batches of {BatchedInserts.RowsPerBatch}", beside.Figures), target: 0.2);
    }

    private static async Task<HttpLoad> LoadAsync(StartedProcess actors, string key, string tool, TimeSpan warmup)
    {
        var load = new HttpLoad(actors, new McpRequest(actors.Address, key).CallTool(tool), Callers, IsTask);
        await load.ConnectAsync(CancellationToken.None);
        await load.RoundAsync(warmup, counts: false);
        return load;
    }

    private static bool IsTask(ReadOnlyMemory<byte> answer) =>
        HttpConnection.IsOk(answer.Span) && answer.Span.IndexOf("\"taskId\""u8) > 0;
}
