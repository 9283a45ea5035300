using Actors.Bench.Driver.Load;
using Actors.Bench.Driver.Processes;
using Actors.Checkout;

namespace Actors.Bench.Driver.Rows;

/// <summary>tasks/get with a key: of a running job, which is in a grain's memory, and of one that has ended.</summary>
internal static class PollsRow
{
    private const int Connections = 32;

    public static async Task RunAsync(RowRun row)
    {
        await using var actors = await OneProcess.StartAsync();
        await using var sdk = await StartedProcess.StartAsync(BuildOutput.Find("bench/SdkEndpoint", "Actors.Bench.SdkEndpoint"), "/");
        await using var node = await StartedProcess.StartNodeAsync("sdk-server.mjs", "/");

        var running = actors.Requests.GetTask(await actors.CreateAsync("hold"));
        var file = await AnswerAsync(actors, running);
        await using var bare = await StartedProcess.StartAsync(BuildOutput.Find("bench/Bare", "Actors.Bench.Bare"), "/", ("Body", file.Name));
        using var ours = await HttpLoad.ConnectAsync(actors.Address, running, Connections, IsWorking);
        using var limit = await HttpLoad.ConnectAsync(bare.Address, running, Connections, IsWorking);
        using var inMemory = await SdkLoadAsync(sdk);
        using var typeScript = await HttpLoad.ConnectAsync(node.Address, new McpRequest(node.Address, null).GetTask("00000000-0000-7000-8000-000000000000"), Connections, IsWorking);
        await Contest.RunAsync(row, $"tasks/get of a running job, {Connections} connections",
            new Contestant("Actors, one process, with a key", ours.RunAsync, actors.Group, actors.Postgres.Group),
            new Contestant("bare Kestrel, the same JSON", limit.RunAsync, new ProcessGroup("server", bare.Pid)) { LeastRatio = 0.8 },
            new Contestant("C# SDK, tasks in memory, no key", inMemory.RunAsync, new ProcessGroup("server", sdk.Pid)) { LeastRatio = 4 },
            new Contestant("TypeScript SDK, a map, no key", typeScript.RunAsync, new ProcessGroup("server", node.Pid)));

        var ended = await EndedAsync(actors);
        using var oursEnded = await HttpLoad.ConnectAsync(actors.Address, ended, Connections, IsCompleted);
        await Contest.RunAsync(row, $"tasks/get of a job that has ended, {Connections} connections",
            new Contestant("Actors, one process, with a key", oursEnded.RunAsync, actors.Group, actors.Postgres.Group));
    }

    private static async Task<FileStream> AnswerAsync(OneProcess actors, byte[] poll)
    {
        using var connection = new HttpConnection();
        await connection.ConnectAsync(actors.Address, CancellationToken.None);
        var answer = HttpConnection.BodyOf((await connection.SendAsync(poll)).Span).ToArray();
        var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.Write, FileShare.Read | FileShare.Delete, 4096, FileOptions.DeleteOnClose);
        await file.WriteAsync(answer);
        await file.FlushAsync();
        return file;
    }

    private static async Task<HttpLoad> SdkLoadAsync(StartedProcess sdk)
    {
        var requests = new McpRequest(sdk.Address, null);
        using var connection = new HttpConnection();
        await connection.ConnectAsync(sdk.Address, CancellationToken.None);
        var handle = McpRequest.TaskIdIn((await connection.SendAsync(requests.CallTool("hold"))).Span);
        return await HttpLoad.ConnectAsync(sdk.Address, requests.GetTask(handle), Connections, IsWorking);
    }

    private static async Task<byte[]> EndedAsync(OneProcess actors)
    {
        var poll = actors.Requests.GetTask(await actors.CreateAsync("no_op"));
        while ((await actors.AskAsync(poll)).GetProperty("status").GetString() != "completed")
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        return poll;
    }

    private static bool IsWorking(ReadOnlyMemory<byte> answer) => HttpConnection.IsOk(answer.Span) && answer.Span.IndexOf("\"working\""u8) > 0;

    private static bool IsCompleted(ReadOnlyMemory<byte> answer) => HttpConnection.IsOk(answer.Span) && answer.Span.IndexOf("\"completed\""u8) > 0;
}
