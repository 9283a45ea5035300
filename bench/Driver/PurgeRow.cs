using System.Diagnostics;
using System.Text.Json;

namespace Actors.Bench.Driver;

/// <summary>Creates and polls while expired jobs and their journals are discarded, beside the same with nothing to discard.</summary>
internal static class PurgeRow
{
    private const int Connections = 8;
    private const int Rounds = 4;
    private const long Expired = 200_000;
    private const int EntriesOfEach = 5;
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(4);

    public static async Task RunAsync(StartedProcess actors, string key, string connectionString)
    {
        var requests = new McpRequest(actors.Address, key);
        await DriveAsync(actors, requests.CallTool("no_op"), Warmup, rounds: 0);
        var (idleCreates, idlePolls) = await MeasureAsync(actors, requests);
        await using var table = new FinishedRows(connectionString);
        await table.FillAsync(Expired + await table.CountAsync(), "now()", EntriesOfEach);
        var before = await table.CountExpiredAsync();
        var started = Stopwatch.GetTimestamp();
        var (creates, polls) = await MeasureAsync(actors, requests);
        var took = Stopwatch.GetElapsedTime(started);
        var after = await table.CountExpiredAsync();
        Report.Write("create, run and end", ("while discarding", creates), ("idle", idleCreates), target: 0.9);
        Report.Write("poll of a job that has ended", ("while discarding", polls), ("idle", idlePolls), target: 0.9);
        Report.Line($"  discarded {(before - after) / took.TotalSeconds:N0} jobs/s: {before} had expired, {after} are left after {took.TotalSeconds:N0} s");
        if (after == 0)
            throw new InvalidOperationException("There was nothing left to discard before the load had ended: the figures are void.");
    }

    private static async Task<(Figures Creates, Figures Polls)> MeasureAsync(StartedProcess actors, McpRequest requests)
    {
        using var connection = new HttpConnection();
        await connection.ConnectAsync(actors.Address, CancellationToken.None);
        var created = await connection.SendAsync(requests.CallTool("no_op"));
        var id = JsonElement.Parse(HttpConnection.BodyOf(created.Span)).GetProperty("result").GetProperty("taskId").GetString()!;
        return (await DriveAsync(actors, requests.CallTool("no_op"), Round, Rounds), await DriveAsync(actors, requests.GetTask(id), Round, Rounds));
    }

    private static async Task<Figures> DriveAsync(StartedProcess actors, byte[] request, TimeSpan warmup, int rounds)
    {
        await using var load = new HttpLoad(actors, request, Connections, answer => HttpConnection.IsOk(answer.Span));
        await load.ConnectAsync(CancellationToken.None);
        await load.RoundAsync(warmup, counts: false);
        for (var round = 0; round < rounds; round++)
            await load.RoundAsync(Round, counts: true);
        return load.Figures;
    }
}
