using Actors.Bench.Driver.Load;
using Actors.Bench.Driver.Processes;
using Actors.Checkout;

namespace Actors.Bench.Driver.Rows;

/// <summary>tools/call of a tool that is no job and answers at once.</summary>
internal static class CallsRow
{
    private const int Connections = 32;
    private const string Text = "what is said is said back";

    public static async Task RunAsync(RowRun row)
    {
        await using var actors = await OneProcess.StartAsync();
        await using var sdk = await StartedProcess.StartAsync(BuildOutput.Find("bench/SdkEndpoint", "Actors.Bench.SdkEndpoint"), "/");
        await using var node = await StartedProcess.StartNodeAsync("sdk-server.mjs", "/");
        using var ours = await LoadAsync(actors.Address, actors.Requests);
        using var cSharp = await LoadAsync(sdk.Address, new McpRequest(sdk.Address, null));
        using var typeScript = await LoadAsync(node.Address, new McpRequest(node.Address, null));
        await Contest.RunAsync(row, $"tools/call of a short tool, {Connections} connections",
            new Contestant("Actors, one process, with a key", ours.RunAsync, actors.Group, actors.Postgres.Group),
            new Contestant("C# SDK, no key", cSharp.RunAsync, new ProcessGroup("server", sdk.Pid)),
            new Contestant("TypeScript SDK, no key", typeScript.RunAsync, new ProcessGroup("server", node.Pid)));
    }

    private static Task<HttpLoad> LoadAsync(Uri address, McpRequest requests) => HttpLoad.ConnectAsync(
        address, requests.CallTool("echo", new { text = Text }), Connections,
        answer => HttpConnection.IsOk(answer.Span) && answer.Span.IndexOf("what is said is said back"u8) > 0);
}
