using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Actors.Bench.Driver;

/// <summary>What live jobs cost while the table holds more and more that have ended.</summary>
internal static class TableRow
{
    private const int Rounds = 3;
    private const double Target = 1.1;
    private static readonly long[] Sizes = [1_000, 100_000, 1_000_000];
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(StartedProcess actors, string key, string connectionString)
    {
        var requests = new McpRequest(actors.Address, key);
        using var connection = new HttpConnection();
        await connection.ConnectAsync(actors.Address, CancellationToken.None);
        var held = JsonElement.Parse(HttpConnection.BodyOf((await connection.SendAsync(requests.CallTool("hold"))).Span))
            .GetProperty("result").GetProperty("taskId").GetString()!;
        (string Name, byte[] Request, int Connections)[] works =
        [
            ("create, run and end", requests.CallTool("no_op"), 32),
            ("poll of a running job", requests.GetTask(held), 32),
            ("list, first page", requests.CallTool("job_list", new { limit = 20 }), 4),
        ];
        await using var table = new FinishedRows(connectionString);
        var first = new double[works.Length + 1];
        foreach (var size in Sizes)
        {
            // The first load ends the job that the others are copies of.
            await DriveAsync(actors, works[0].Request, works[0].Connections, rounds: 1);
            await table.FillAsync(size, "now() + interval '7 days'", journalEntries: 0);
            var rows = await table.CountAsync();
            for (var i = 0; i <= works.Length; i++)
            {
                var (name, figures) = i < works.Length
                    ? (works[i].Name, await DriveAsync(actors, works[i].Request, works[i].Connections, Rounds))
                    : ("create and cancel", await CancelsAsync(actors, requests));
                Report.Write($"{name}, with {rows} rows that have ended", ("Actors, one process", figures));
                if (size == Sizes[0])
                    first[i] = figures.PerSecond;
                else
                    Report.Target($"cost {first[i] / figures.PerSecond:N2} x that with the first size", $"{Target:N2} x", first[i] / figures.PerSecond <= Target);
            }
        }
    }

    private static async Task<Figures> DriveAsync(StartedProcess actors, byte[] request, int connections, int rounds)
    {
        await using var load = new HttpLoad(actors, request, connections, answer => HttpConnection.IsOk(answer.Span));
        await load.ConnectAsync(CancellationToken.None);
        await load.RoundAsync(Warmup, counts: false);
        for (var round = 0; round < rounds; round++)
            await load.RoundAsync(Round, counts: true);
        return load.Figures;
    }

    private static async Task<Figures> CancelsAsync(StartedProcess actors, McpRequest requests)
    {
        var figures = new Figures();
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            var until = started + (long)(Round.TotalSeconds * Stopwatch.Frequency);
            var (all, done) = (new Latencies(), 0L);
            foreach (var latencies in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => CancelAsync(actors, requests, until)))))
            {
                all.Add(latencies);
                done += latencies.Count;
            }
            figures.Add(done, 0, Stopwatch.GetElapsedTime(started), all);
        }
        return figures;
    }

    private static async Task<Latencies> CancelAsync(StartedProcess actors, McpRequest requests, long until)
    {
        var latencies = new Latencies();
        using var connection = new HttpConnection();
        await connection.ConnectAsync(actors.Address, CancellationToken.None);
        while (Stopwatch.GetTimestamp() < until)
        {
            var created = await connection.SendAsync(requests.CallTool("hold"));
            var id = JsonElement.Parse(HttpConnection.BodyOf(created.Span)).GetProperty("result").GetProperty("taskId").GetString()!;
            var asked = Stopwatch.GetTimestamp();
            var answer = await connection.SendAsync(requests.CancelTask(id));
            latencies.Add(Stopwatch.GetTimestamp() - asked);
            if (!HttpConnection.IsOk(answer.Span))
                throw new InvalidOperationException(Encoding.UTF8.GetString(answer.Span));
        }
        return latencies;
    }
}
