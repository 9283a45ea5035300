using System.Net;
using Actors.Frontend;
using Actors.Fuzz.Tests.Target;
using Actors.Silo;
using Actors.Storage.Tenants;
using Actors.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Xunit;

[assembly: AssemblyFixture(typeof(FuzzTarget))]

namespace Actors.Fuzz.Tests.Target;

/// <summary>The real server, whole, with three principals: two of one tenant, and one of another.</summary>
public sealed class FuzzTarget : IAsyncLifetime
{
    private readonly PostgresServer _postgres = new();
    private readonly ErrorLog _log = new();
    private WebApplication? _app;

    internal IPEndPoint EndPoint { get; private set; } = null!;

    internal IReadOnlyList<Caller> Callers { get; private set; } = [];

    /// <summary>What was logged as an error since the start.</summary>
    internal IReadOnlyCollection<string> Errors => _log.Lines;

    /// <summary>Where the database is: no answer may name it.</summary>
    internal IReadOnlyList<string> Secrets { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await _postgres.InitializeAsync();
        var connectionString = await _postgres.CreateDatabaseAsync();
        _app = await StartAsync(connectionString);
        var address = new Uri(_app.Urls.First());
        EndPoint = new IPEndPoint(IPAddress.Loopback, address.Port);
        Callers = [await CallerAsync("acme", "ada"), await CallerAsync("acme", "bob"), await CallerAsync("globex", "eve")];
        Secrets = [connectionString, _postgres.Folder, .. Callers.Select(caller => caller.Key)];
        await UntilReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        await _postgres.DisposeAsync();
        _log.Dispose();
    }

    internal async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var ready = await http.GetAsync(new Uri($"http://{EndPoint}/readyz"), cancellationToken);
        return ready.IsSuccessStatusCode;
    }

    private async Task<WebApplication> StartAsync(string connectionString)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(_log);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Actors:Storage:ConnectionString"] = connectionString,
            ["Actors:Mcp:SyncWindow"] = "00:00:00.200",
            ["Actors:Mcp:StreamAfter"] = "00:00:00.050",
            ["Actors:Mcp:KeepAlive"] = "00:00:00.100",
            ["Actors:Limits:PageSize"] = "3",
        });
        builder.AddActorsSilo(silo => silo.UseLocalhostClustering());
        builder.AddToolPack(typeof(FuzzTools).Assembly);
        builder.AddActorsFrontend();
        var app = builder.Build();
        app.MapActors();
        await app.StartAsync();
        return app;
    }

    private async Task<Caller> CallerAsync(string tenant, string subject)
    {
        await _app!.Services.GetRequiredService<TenantDirectory>().CreateAsync(tenant, CancellationToken.None);
        var issued = await _app.Services.GetRequiredService<ApiKeys>().IssueAsync(tenant, subject);
        return new Caller(tenant, subject, issued.Plaintext, $"secret-of-{subject}-{Guid.NewGuid():N}"[..28]);
    }

    private async Task UntilReadyAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await IsReadyAsync(deadline.Token))
            await Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token);
    }
}
