using Actors.Frontend.Authentication;
using Actors.Frontend.Mcp;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Actors.Standalone;

/// <summary>Once everything has started: where the server is, with which key, and what to try first.</summary>
internal sealed class Welcome(
    IServer server, FirstKey firstKey, IOptions<McpOptions> mcp, IOptions<AuthenticationOptions> authentication) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        var key = authentication.Value.AnonymousTenant is null ? await firstKey.GetAsync(cancellationToken) : null;
        await Console.Out.WriteLineAsync(WelcomeText.Of(address.TrimEnd('/') + mcp.Value.Path, key).AsMemory(), cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
