using System.Text;
using System.Text.Json;

namespace Actors.Bench.Driver;

/// <summary>tasks/get of one running job with a key, beside a server that answers every request with the same JSON.</summary>
internal static class PollRow
{
    private const int Connections = 32;
    private const int Rounds = 3;
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(4);

    public static async Task RunAsync(StartedProcess actors, string key)
    {
        var requests = new McpRequest(actors.Address, key);
        using var connection = new HttpConnection();
        await connection.ConnectAsync(actors.Address, CancellationToken.None);
        var handle = Json(await connection.SendAsync(requests.CallTool("hold"))).GetProperty("result").GetProperty("taskId").GetString()!;
        var poll = requests.GetTask(handle);
        var answer = HttpConnection.BodyOf((await connection.SendAsync(poll)).Span).ToArray();
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, answer);
        await using var bare = await StartedProcess.StartAsync("bench/Bare", "Actors.Bench.Bare", "/", ("Body", file));

        await using var ours = new HttpLoad(actors, poll, Connections, IsWorking);
        await using var beside = new HttpLoad(bare, poll, Connections, IsWorking);
        await ours.ConnectAsync(CancellationToken.None);
        await beside.ConnectAsync(CancellationToken.None);
        await ours.RoundAsync(Warmup, counts: false);
        await beside.RoundAsync(Warmup, counts: false);
        for (var round = 0; round < Rounds; round++)
        {
            await ours.RoundAsync(Round, counts: true);
            await beside.RoundAsync(Round, counts: true);
        }
        Report.Write(
            $"tasks/get of a running job, with a key, {Connections} connections, {answer.Length} bytes of JSON",
            ("Actors, one process", ours.Figures), ("bare Kestrel, the same JSON", beside.Figures), target: 0.8);
        File.Delete(file);
    }

    private static bool IsWorking(ReadOnlyMemory<byte> answer) =>
        HttpConnection.IsOk(answer.Span) && answer.Span.IndexOf("\"working\""u8) > 0;

    private static JsonElement Json(ReadOnlyMemory<byte> answer) => HttpConnection.IsOk(answer.Span)
        ? JsonElement.Parse(HttpConnection.BodyOf(answer.Span))
        : throw new InvalidOperationException($"The server answered: {Encoding.UTF8.GetString(answer.Span)}");
}
