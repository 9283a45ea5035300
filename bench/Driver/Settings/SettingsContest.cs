using Actors.Bench.Driver.Load;
using Actors.Bench.Driver.Processes;
using Actors.Bench.Driver.Results;
using Actors.Bench.Driver.Rows;
using Npgsql;

namespace Actors.Bench.Driver.Settings;

/// <summary>The product's process as it ships and with other settings, all at once, in turns at the same work.</summary>
internal static class SettingsContest
{
    private const int Connections = 32, Callers = 64;

    /// <summary>Such that four settings beside the default take three minutes.</summary>
    private static readonly Pace Pace = new(IsQuick: false) { Rounds = 5, Round = TimeSpan.FromSeconds(0.8), Warmup = TimeSpan.FromSeconds(2.5) };

    /// <returns>The figures of each setting, each beside those of the default.</returns>
    public static async Task<IReadOnlyDictionary<Setting, IReadOnlyList<Figure>>> RunAsync(IReadOnlyList<Setting> settings)
    {
        var entrants = new List<Entrant>();
        try
        {
            foreach (var setting in (Setting[])[AllSettings.Default, .. settings])
                entrants.Add(new Entrant(setting, await OneProcess.StartAsync(setting.Options, setting.Environment, setting.Database)));
            var figures = await MeasureAsync(entrants);
            return settings.ToDictionary(setting => setting, setting => (IReadOnlyList<Figure>)
                [.. figures.Where(figure => figure.By == setting.Name || figure.By == AllSettings.Default.Name).Select(figure => figure with { Ratio = null })]);
        }
        finally
        {
            await Task.WhenAll(entrants.Select(entrant => entrant.Process.DisposeAsync().AsTask()));
        }
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(List<Entrant> entrants)
    {
        var row = new RowRun("settings", Pace);
        var held = new Dictionary<Entrant, string>();
        foreach (var entrant in entrants)
            held[entrant] = await entrant.Process.CreateAsync("hold");
        await RunAsync(row, $"tasks/get of a running job, {Connections} connections", entrants, entrant => LoadAsync(entrant, entrant.Process.Requests.GetTask(held[entrant]), Connections));
        await RunAsync(row, $"tools/call of a short tool, {Connections} connections", entrants, entrant => LoadAsync(entrant, entrant.Process.Requests.CallTool("echo", new { text = "said" }), Connections));
        // The next work waits until no job runs.
        foreach (var (entrant, job) in held)
            await entrant.Process.AskAsync(entrant.Process.Requests.CancelTask(job));
        await RunAsync(row, $"create, run and complete, {Callers} callers", entrants, UntilEndedAsync);
        await RunAsync(row, $"durable create, {Callers} callers", entrants, entrant => LoadAsync(entrant, entrant.Process.Requests.CallTool("hold"), Callers));
        return row.Figures;
    }

    private static async Task RunAsync(RowRun row, string work, List<Entrant> entrants, Func<Entrant, Task<Func<TimeSpan, Task<Round>>>> prepare)
    {
        var contestants = new List<Contestant>();
        foreach (var entrant in entrants)
            contestants.Add(new Contestant(entrant.Setting.Name, await prepare(entrant), entrant.Process.Group, entrant.Process.Postgres.Group));
        await Contest.RunAsync(row, work, contestants);
    }

    // The connections stay open until the processes end: the contest is over then.
    private static async Task<Func<TimeSpan, Task<Round>>> LoadAsync(Entrant entrant, byte[] request, int connections) =>
        (await HttpLoad.ConnectAsync(entrant.Process.Address, request, connections, IsGood)).RunAsync;

    private static async Task<Func<TimeSpan, Task<Round>>> UntilEndedAsync(Entrant entrant)
    {
        var creates = await HttpLoad.ConnectAsync(entrant.Process.Address, entrant.Process.Requests.CallTool("no_op"), Callers, IsGood);
        var database = NpgsqlDataSource.Create(entrant.Process.Postgres.ConnectionString);
        return length => JobsRow.UntilAllEndedAsync(creates, database, length);
    }

    private static bool IsGood(ReadOnlyMemory<byte> answer) => HttpConnection.IsOk(answer.Span) && answer.Span.IndexOf("\"isError\":true"u8) < 0;

    private sealed record Entrant(Setting Setting, OneProcess Process);
}
