using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Frontend.Tests;
using Actors.Silo;
using Actors.Storage.Tenants;
using Actors.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Hosting;
using Xunit;

[assembly: AssemblyFixture(typeof(Server))]

namespace Actors.Frontend.Tests;

/// <summary>The real server, whole: Kestrel on a free port, a silo with the fixture pack, a PostgreSQL of its own.</summary>
public sealed class Server : IAsyncLifetime
{
    /// <summary>Small, so that the fixture pack's tools take several pages.</summary>
    public const int PageSize = 10;

    public const int MaxSchedules = 5;
    public const int WebhookTries = 3;
    public const int WebhooksAtOnce = 2;

    public static readonly TimeSpan WebhookTimeout = TimeSpan.FromSeconds(5);

    private readonly PostgresServer _postgres = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly Dictionary<string, string?> _settings = new()
    {
        ["Actors:Limits:PageSize"] = $"{PageSize}",
        ["Actors:Mcp:SyncWindow"] = "00:00:01.500",
        ["Actors:Mcp:KeepAlive"] = "00:00:00.500",
        ["Actors:Authentication:RecheckInterval"] = "00:00:00.200",
        ["Actors:Schedules:MaxPerPrincipal"] = $"{MaxSchedules}",
        ["Actors:Schedules:MissingToolPatience"] = "00:00:00",
        ["Actors:Webhooks:AllowHttp"] = "true",
        ["Actors:Webhooks:AllowPrivateAddresses"] = "true",
        ["Actors:Webhooks:FirstRetryDelay"] = "00:00:00.050",
        ["Actors:Webhooks:MaxTries"] = $"{WebhookTries}",
        ["Actors:Webhooks:MaxPerTenant"] = $"{WebhooksAtOnce}",
        ["Actors:Webhooks:Timeout"] = $"{WebhookTimeout}",
    };
    private WebApplication? _app;

    public Uri Address { get; private set; } = null!;

    public string Key { get; private set; } = "";

    /// <summary>The tenant acme's first key.</summary>
    internal Wire Wire { get; private set; } = null!;

    /// <summary>Another subject of the same tenant.</summary>
    internal Wire Colleague { get; private set; } = null!;

    internal Wire OtherTenant { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await _postgres.InitializeAsync();
        _app = await StartAsync("http://127.0.0.1:0", await _postgres.CreateDatabaseAsync(), _settings);
        Address = new Uri(_app.Urls.First());
        _http.BaseAddress = Address;
        Key = (await CreateKeyAsync("acme", "ada", default)).Key;
        Wire = WireWith(Key);
        Colleague = WireWith((await CreateKeyAsync("acme", "bob", default)).Key);
        OtherTenant = WireWith((await CreateKeyAsync("globex", "eve", default)).Key);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    /// <summary>For what only time could do otherwise.</summary>
    internal NpgsqlDataSource Database => _app!.Services.GetRequiredService<NpgsqlDataSource>();

    /// <summary>A command of its operator's.</summary>
    internal Task<(int Code, string Said)> OperateAsync(params string[] command) =>
        OperatorCommand.RunAsync(_app!.Configuration["Actors:Storage:ConnectionString"]!, command);

    internal Wire WireWith(string? key) => new(_http, key);

    internal async Task<SessionWire> OpenSessionAsync(
        CancellationToken cancellationToken, string version = "2025-11-25", JsonObject? capabilities = null, string? key = null) =>
        await SessionWire.OpenAsync(new Wire(_http, key ?? Key), version, capabilities, cancellationToken);

    /// <summary>Another server, on a database of its own.</summary>
    internal async Task<WebApplication> StartAnotherAsync(string url, Dictionary<string, string?> settings, Action<IServiceCollection>? configure = null) =>
        await StartAsync(url, await _postgres.CreateDatabaseAsync(), settings, configure);

    internal async Task<(string Key, string Id)> CreateKeyAsync(string tenant, string subject, CancellationToken cancellationToken)
    {
        await _app!.Services.GetRequiredService<TenantDirectory>().CreateAsync(tenant, cancellationToken);
        var issued = await Keys.IssueAsync(tenant, subject, cancellationToken: cancellationToken);
        return (issued.Plaintext, issued.Id);
    }

    internal Task RevokeKeyAsync(string tenant, string id, CancellationToken cancellationToken) =>
        Keys.RevokeAsync(tenant, id, cancellationToken);

    internal async Task<string> CreateTaskAsync(
        string tool, JsonObject arguments, CancellationToken cancellationToken, JsonObject? capabilities = null, Wire? wire = null)
    {
        var declared = Wire.Tasks;
        foreach (var (name, value) in capabilities ?? [])
            declared[name] = value?.DeepClone();
        return (await (wire ?? Wire).CallAsync(tool, arguments, declared, cancellationToken)).TaskId;
    }

    internal Task<Reply> GetTaskAsync(string id, CancellationToken cancellationToken, Wire? wire = null) =>
        (wire ?? Wire).SendAsync("tasks/get", new JsonObject { ["taskId"] = id }, Wire.Tasks, cancellationToken);

    internal Task<Reply> CancelTaskAsync(string id, CancellationToken cancellationToken) =>
        Wire.SendAsync("tasks/cancel", new JsonObject { ["taskId"] = id }, Wire.Tasks, cancellationToken);

    internal Task<Reply> UpdateTaskAsync(string id, string key, JsonObject answer, CancellationToken cancellationToken) =>
        Wire.SendAsync(
            "tasks/update",
            new JsonObject { ["taskId"] = id, ["inputResponses"] = new JsonObject { [key] = answer } },
            Wire.Tasks,
            cancellationToken);

    internal Task<JsonElement> UntilAsync(string id, string status, CancellationToken cancellationToken, Wire? wire = null) =>
        UntilAsync(id, task => task.GetProperty("status").GetString() == status, cancellationToken, wire);

    /// <summary>Follows a task over subscriptions/listen until it is as wanted.</summary>
    internal async Task<JsonElement> UntilAsync(
        string id, Func<JsonElement, bool> wanted, CancellationToken cancellationToken, Wire? wire = null)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        await using var events = await (wire ?? Wire).ListenAsync(
            new JsonObject { ["taskIds"] = new JsonArray(id) }, Wire.Tasks, deadline.Token);
        while (true)
        {
            var task = (await events.NextAsync("notifications/tasks", deadline.Token)).GetProperty("params");
            if (wanted(task))
                return task;
        }
    }

    private ApiKeys Keys => _app!.Services.GetRequiredService<ApiKeys>();

    internal static async Task<WebApplication> StartAsync(
        string url, string connectionString, Dictionary<string, string?> settings, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration["urls"] = url;
        builder.Configuration["Actors:Storage:ConnectionString"] = connectionString;
        builder.AddActorsSilo(silo => silo.UseLocalhostClustering());
        builder.AddToolPack(typeof(FixturePack.Tools.ContentTools).Assembly);
        builder.AddToolPack(typeof(WaitingTool).Assembly);
        builder.AddActorsFrontend();
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapActors();
        await app.StartAsync();
        await UntilReadyAsync(new Uri(app.Urls.First()));
        return app;
    }

    /// <summary>The catalogue arrives a moment after the start.</summary>
    private static async Task UntilReadyAsync(Uri address)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var http = new HttpClient { BaseAddress = address };
        while (true)
        {
            using var ready = await http.GetAsync("/readyz", deadline.Token);
            if (ready.IsSuccessStatusCode)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token);
        }
    }
}
