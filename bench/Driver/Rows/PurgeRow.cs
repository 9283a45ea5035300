using System.Diagnostics;
using Actors.Bench.Driver.Load;
using Actors.Bench.Driver.Processes;
using Actors.Bench.Driver.Results;

namespace Actors.Bench.Driver.Rows;

/// <summary>
/// Creates and polls while expired jobs and their journals are discarded, beside the same on the same table when its rows have not expired yet.
/// </summary>
internal static class PurgeRow
{
    private const int Connections = 8;
    private const long Expired = 200_000;
    private const int EntriesOfEach = 5;
    private const double LeastRatio = 0.9;
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MostToFill = TimeSpan.FromSeconds(15);

    public static async Task RunAsync(RowRun row)
    {
        await using var actors = await OneProcess.StartAsync(("Actors:Retention:SweepEvery", $"{Sweep}"), ("Actors:Retention:ClearAfter", "00:00:01"));
        using var creates = await LoadAsync(actors, actors.Requests.CallTool("no_op"));
        await creates.RunAsync(Warmup);
        using var polls = await LoadAsync(actors, actors.Requests.GetTask(await actors.CreateAsync("no_op")));
        await using var table = new FinishedRows(actors.Postgres.ConnectionString);
        var expireAt = TimeProvider.System.GetUtcNow() + MostToFill + (2 * row.Pace.Rounds * row.Pace.Round);
        await table.FillAsync(Expired + await table.CountAsync(), $"'{expireAt:O}'", EntriesOfEach);
        var idle = await MeasureAsync(row, creates, polls);
        if (await table.CountExpiredAsync() > 0)
            throw new InvalidOperationException("Jobs expired before the load without discarding had ended: the figures are void.");
        await Task.Delay(Positive(expireAt + Sweep - TimeProvider.System.GetUtcNow()));
        var before = await table.CountExpiredAsync();
        var started = Stopwatch.GetTimestamp();
        var discarding = await MeasureAsync(row, creates, polls);
        var took = Stopwatch.GetElapsedTime(started);
        var left = await table.CountExpiredAsync();
        Add(row, $"create, run and end, {Connections} connections", discarding[0], idle[0]);
        Add(row, $"poll of a job that has ended, {Connections} connections", discarding[1], idle[1]);
        row.Add(Figure.Of("expired jobs, with 5 journal entries each, discarded meanwhile", "Actors", "jobs/s", (before - left) / took.TotalSeconds));
        if (left == 0)
            throw new InvalidOperationException("There was nothing left to discard before the load had ended: the figures are void.");
    }

    private static TimeSpan Positive(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    private static void Add(RowRun row, string work, List<double> discarding, List<double> idle)
    {
        var ratio = Quantile.Median(discarding) / Quantile.Median(idle);
        row.Add(Figure.Of(work, "Actors, while it discards", "/s", discarding));
        row.Add(Figure.Of(work, "Actors, with nothing to discard", "/s", idle) with { Ratio = ratio, Target = Target.RatioAtLeast(LeastRatio, ratio) });
    }

    private static async Task<List<double>[]> MeasureAsync(RowRun row, params HttpLoad[] loads)
    {
        List<double>[] rates = [.. loads.Select(_ => new List<double>())];
        for (var round = 0; round < row.Pace.Rounds; round++)
        {
            for (var i = 0; i < loads.Length; i++)
            {
                var done = await loads[i].RunAsync(row.Pace.Round);
                rates[i].Add(done.Done / done.Took.TotalSeconds);
            }
        }

        return rates;
    }

    private static Task<HttpLoad> LoadAsync(OneProcess actors, byte[] request) =>
        HttpLoad.ConnectAsync(actors.Address, request, Connections, answer => HttpConnection.IsOk(answer.Span));
}
