using Actors.Bench.Driver.Load;
using Actors.Bench.Driver.Processes;
using Actors.Bench.Driver.Results;

namespace Actors.Bench.Driver.Rows;

/// <summary>What live jobs, lists and searches cost while the table holds more and more jobs that have ended, all of one owner.</summary>
internal static class TableRow
{
    private const double MostRatio = 1.1;
    private const int Rounds = 3;
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstWarmup = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(RowRun row)
    {
        // The others are compared with the first.
        var sizes = row.Pace.Of<long[]>(full: [1_000, 10_000, 100_000, 1_000_000, 10_000_000], quick: [1_000, 100_000]);
        await using var actors = await OneProcess.StartAsync();
        await using var table = new FinishedRows(actors.Postgres.ConnectionString);
        var requests = actors.Requests;
        var held = await actors.CreateAsync("hold");
        // No creates of jobs that end: they would fill the table themselves.
        (string Name, byte[] Request, int Connections, bool IsTarget)[] works =
        [
            ("poll of a running job", requests.GetTask(held), 32, true),
            ("list, first page of 20", requests.CallTool("job_list", new { limit = 20 }), 4, false),
            ("search by state, none is found", requests.CallTool("job_list", new { limit = 20, state = "failed" }), 1, false),
            ("search by label, none is found", requests.CallTool("job_list", new { limit = 20, label = "project=apollo" }), 1, false),
        ];
        using (var warm = await LoadAsync(actors, requests.CallTool("no_op"), 4))
            await warm.RunAsync(Warmup);
        var first = new double[works.Length];
        foreach (var size in sizes)
        {
            await table.FillAsync(size, "now() + interval '7 days'", journalEntries: 0);
            for (var i = 0; i < works.Length; i++)
            {
                var work = works[i];
                var rates = await MeasureAsync(actors, work.Request, work.Connections, size == sizes[0] ? FirstWarmup : Warmup, TimeSpan.FromSeconds(work.IsTarget ? 2 : 1));
                var figure = rates with { Work = $"{work.Name}, {work.Connections} connections, by the jobs in the table that have ended", By = $"Actors, {size:N0} jobs" };
                if (size == sizes[0])
                    first[i] = figure.Median;
                var cost = first[i] / figure.Median;
                row.Add(size == sizes[0] ? figure : figure with { Ratio = cost, Target = work.IsTarget ? Target.RatioAtMost(MostRatio, cost) : null });
            }
        }
    }

    private static async Task<Figure> MeasureAsync(OneProcess actors, byte[] request, int connections, TimeSpan warmup, TimeSpan length)
    {
        using var load = await LoadAsync(actors, request, connections);
        await load.RunAsync(warmup);
        var (rates, latencies) = (new List<double>(), new Latencies());
        for (var round = 0; round < Rounds; round++)
        {
            var done = await load.RunAsync(length);
            rates.Add(done.Done / done.Took.TotalSeconds);
            latencies.Add(done.Latencies);
        }

        return Figure.Of("", "", "/s", rates) with { P50Ms = latencies.PercentileMs(0.5), P99Ms = latencies.PercentileMs(0.99) };
    }

    private static Task<HttpLoad> LoadAsync(OneProcess actors, byte[] request, int connections) =>
        HttpLoad.ConnectAsync(actors.Address, request, connections, answer => HttpConnection.IsOk(answer.Span) && answer.Span.IndexOf("\"isError\":true"u8) < 0);
}
