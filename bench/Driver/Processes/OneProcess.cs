using System.Text;
using System.Text.Json;
using Actors.Bench.Driver.Load;
using Actors.Checkout;

namespace Actors.Bench.Driver.Processes;

/// <summary>The product as one process, with its Postgres.</summary>
internal sealed class OneProcess : IAsyncDisposable
{
    private readonly StartedProcess _server;

    private OneProcess(BenchPostgres postgres, StartedProcess server, string key)
    {
        (Postgres, _server) = (postgres, server);
        Requests = new McpRequest(server.Address, key);
        Group = new ProcessGroup("server", server.Pid);
    }

    public BenchPostgres Postgres { get; }

    public Uri Address => _server.Address;

    public McpRequest Requests { get; }

    public ProcessGroup Group { get; }

    /// <param name="settings">Further settings of the product.</param>
    public static Task<OneProcess> StartAsync(params IReadOnlyList<(string Name, string Value)> settings) => StartAsync(settings, [], "");

    /// <param name="settings">Further settings of the product.</param>
    /// <param name="environment">Variables of its process.</param>
    /// <param name="database">What is added to its connection string.</param>
    public static async Task<OneProcess> StartAsync(IReadOnlyList<(string Name, string Value)> settings, IReadOnlyList<(string Name, string Value)> environment, string database)
    {
        var postgres = await BenchPostgres.StartAsync();
        var server = await StartedProcess.StartAsync(BuildOutput.Find("src/Standalone", "Actors.Standalone"), "/readyz", environment,
        [
            ("Actors:Storage:ConnectionString", postgres.ConnectionString + database),
            // What holds is queued behind the running ones, and stays there.
            ("Actors:Quotas:MaxWaiting", "100000000"), ("Actors:Quotas:MaxWaitingPerPrincipal", "100000000"),
            ("Actors:ToolPacks:Paths:0", BuildOutput.Find("bench/Pack", "Actors.Bench.Pack.dll")),
            .. settings,
        ]);
        return new OneProcess(postgres, server, await postgres.CreateKeyAsync());
    }

    /// <summary>The handle of a new job.</summary>
    public async Task<string> CreateAsync(string tool, object? arguments = null) =>
        (await AskAsync(Requests.CallTool(tool, arguments))).GetProperty("taskId").GetString()!;

    /// <summary>The result of one request over a connection of its own.</summary>
    public async Task<JsonElement> AskAsync(byte[] request)
    {
        using var connection = new HttpConnection();
        await connection.ConnectAsync(Address, CancellationToken.None);
        return ResultOf(await connection.SendAsync(request));
    }

    public static JsonElement ResultOf(ReadOnlyMemory<byte> answer) =>
        HttpConnection.IsOk(answer.Span) && JsonElement.Parse(HttpConnection.BodyOf(answer.Span)).TryGetProperty("result", out var result)
            ? result
            : throw new InvalidOperationException($"The server answered: {Encoding.UTF8.GetString(answer.Span)}");

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await Postgres.DisposeAsync();
    }
}
