using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Actors.Cli.Tests;

/// <summary>A server that does over HTTP what the test wants, for what no healthy server can be made to do.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _ending = new();

    private ScriptedServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First() + "/mcp");

    /// <summary>What arrived, in order.</summary>
    public ConcurrentQueue<Arrival> Arrivals { get; } = new();

    public static async Task<ScriptedServer> StartAsync(Func<HttpContext, Arrival, Task> serve)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new ScriptedServer(app);
        app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var arrival = new Arrival(
                http.Request.Method,
                http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body.Length == 0 ? null : JsonElement.Parse(Encoding.UTF8.GetString(body.ToArray())));
            server.Arrivals.Enqueue(arrival);
            await serve(http, arrival);
        });
        await app.StartAsync();
        return server;
    }

    public IEnumerable<Arrival> Of(string rpcMethod) => Arrivals.Where(arrival => arrival.RpcMethod == rpcMethod);

    public static async Task AnswerAsync(HttpContext http, string json, int status = 200)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(json);
    }

    public static Task ResultAsync(HttpContext http, Arrival request, string result) => AnswerAsync(http, Result(request, result));

    public static string Result(Arrival request, string result) => $$"""{"jsonrpc":"2.0","id":{{request.Id}},"result":{{result}}}""";

    public static string Error(Arrival request, int code, string data) =>
        $$$"""{"jsonrpc":"2.0","id":{{{request.Id}}},"error":{"code":{{{code}}},"message":"As scripted.","data":{{{data}}}}}""";

    /// <summary>Sends events as they are given, empty lines included; then the stream is as the caller leaves it.</summary>
    public static async Task EventsAsync(HttpContext http, string events)
    {
        if (!http.Response.HasStarted)
            http.Response.ContentType = "text/event-stream";
        await http.Response.WriteAsync(events, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    public static string Event(string data, string? id = null) => $"{(id is null ? "" : $"id: {id}\n")}data: {data}\n\n";

    /// <summary>Keeps the request open until its client goes, or this server does.</summary>
    public Task HoldAsync(HttpContext http) => Task.WhenAny(
        Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted), Task.Delay(Timeout.InfiniteTimeSpan, _ending.Token));

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _ending.Dispose();
    }
}
