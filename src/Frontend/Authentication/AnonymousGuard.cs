using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Authentication;

/// <summary>Keeps a process without keys off every network: it does not start unless all its addresses are loopback.</summary>
internal sealed partial class AnonymousGuard(IServer server, IOptions<AuthenticationOptions> options, ILogger<AnonymousGuard> logger)
    : IHostedLifecycleService
{
    /// <summary>The first moment at which every address is known; until then <see cref="Credentials"/> checks each connection.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (options.Value.AnonymousTenant is not { } tenant)
            return Task.CompletedTask;
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (addresses.FirstOrDefault(address => !IsLoopback(address)) is { } open)
            throw new InvalidOperationException(
                $"Actors:Authentication:AnonymousTenant is set, which lets anyone in without a key, but the server listens on {open}. "
                + "Listen on loopback only (for example http://127.0.0.1:8080), or unset it and use keys.");
        LogAnonymous(tenant);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal static bool IsLoopback(string address)
    {
        var binding = BindingAddress.Parse(address);
        return binding.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(binding.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }

    [LoggerMessage(1, LogLevel.Warning,
        "Anyone on this machine may call without a key, as tenant {Tenant}: Actors:Authentication:AnonymousTenant is set")]
    private partial void LogAnonymous(string tenant);
}
