using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Actors.Silo.Health;

/// <summary>
/// <c>/healthz</c> and <c>/readyz</c> of a silo's process, at the address in <c>Urls</c> and nothing else there. It answers from
/// before the silo waits for its database until after the silo has stopped.
/// </summary>
internal sealed class HealthServer(IConfiguration configuration, SiloHealth health) : IHostedLifecycleService, IAsyncDisposable
{
    private const string DefaultUrl = "http://127.0.0.1:8081";

    private WebApplication? _app;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls((configuration["Urls"] ?? configuration["ASPNETCORE_URLS"] ?? DefaultUrl).Split(';'));
        _app = builder.Build();
        _app.Run(http => AnswerAsync(http));
        await _app.StartAsync(cancellationToken);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task AnswerAsync(HttpContext http)
    {
        var (status, text) = http.Request.Path.Value switch
        {
            "/healthz" => Unless(health.Fault(), "ok"),
            "/readyz" => Unless(await health.ObstacleAsync(http.RequestAborted), "ready"),
            _ => (StatusCodes.Status404NotFound, "there is /healthz and /readyz"),
        };
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain";
        await http.Response.WriteAsync(text, http.RequestAborted);
    }

    private static (int Status, string Text) Unless(string? fault, string good) =>
        fault is null ? (StatusCodes.Status200OK, good) : (StatusCodes.Status503ServiceUnavailable, fault);
}
