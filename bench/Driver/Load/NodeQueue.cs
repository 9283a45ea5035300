using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Actors.Bench.Driver.Processes;
using Npgsql;

namespace Actors.Bench.Driver.Load;

/// <summary>A job queue of Node: the process that creates and the one that works, told what to do over a pipe.</summary>
internal sealed class NodeQueue : IAsyncDisposable
{
    private readonly Process _process;

    private NodeQueue(Process process) => _process = process;

    public ProcessGroup Group => new("two Node processes", _process.Id);

    /// <param name="kind">As bench/npm/queue.mjs knows it.</param>
    /// <param name="connectionString">A database of its own.</param>
    /// <param name="callers">How many create at a time.</param>
    public static async Task<NodeQueue> StartAsync(string kind, string connectionString, int callers)
    {
        var postgres = new NpgsqlConnectionStringBuilder(connectionString);
        var url = $"postgres://{postgres.Username}:{Uri.EscapeDataString(postgres.Password!)}@{postgres.Host}:{postgres.Port}/{postgres.Database}";
        var start = new ProcessStartInfo(NodeProgram.Path, [NodeProgram.Script("queue.mjs"), kind, $"{callers}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["DATABASE_URL"] = url, ["NODE_ENV"] = "production" },
        };
        var queue = new NodeQueue(Process.Start(start)!);
        await queue.AnswerAsync();
        return queue;
    }

    public async Task<Round> RunAsync(TimeSpan length)
    {
        await _process.StandardInput.WriteLineAsync(length.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
        await _process.StandardInput.FlushAsync();
        var answer = JsonElement.Parse(await AnswerAsync());
        return new Round(answer.GetProperty("done").GetInt64(), TimeSpan.FromMilliseconds(answer.GetProperty("ms").GetDouble()), new Latencies());
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<string> AnswerAsync() =>
        await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The queue's process has ended.");
}
