using System.Text;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Storage.Leases;
using Actors.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans;
using Orleans.Runtime;

namespace Actors.Storage.Tests.Jobs;

/// <summary>One silo's storage: its lease, and the provider as a grain's runtime would call it.</summary>
internal sealed class StorageHarness : IAsyncDisposable
{
    private const string StateName = "job";

    private StorageHarness(NpgsqlDataSource dataSource, string silo, StorageOptions options)
    {
        Lease = new SiloLease(dataSource, silo, options.Lease, TimeProvider.System);
        Storage = new JobStorage(dataSource, Lease, Options.Create(options), TimeProvider.System, NullLogger<JobStorage>.Instance);
    }

    public SiloLease Lease { get; }

    public JobStorage Storage { get; }

    public static async Task<StorageHarness> StartAsync(NpgsqlDataSource dataSource, string silo = "silo-a", Action<StorageOptions>? configure = null)
    {
        // Nobody renews it here, and a test may be slow.
        var options = new StorageOptions { ConnectionString = "given", Lease = { Duration = TimeSpan.FromMinutes(5) } };
        configure?.Invoke(options);
        var harness = new StorageHarness(dataSource, silo, options);
        harness.Lease.Acquire();
        return harness;
    }

    public static JobRow NewRow(string tenant = "acme", string? id = null) => new()
    {
        Id = id ?? JobKey.NewId(),
        Owner = new Principal(tenant, "actors", "ann", "key-1"),
        Tool = "index_docs",
        Params = "{\"name\":\"index_docs\"}"u8.ToArray(),
        ProtocolVersion = "2026-07-28",
        ClientCapabilities = "{}"u8.ToArray(),
        CreatedAt = Time(0),
        RunAt = Time(0),
        Status = JobStatus.Queued,
        UpdatedAt = Time(0),
    };

    /// <summary>A fixed time, and so many seconds.</summary>
    public static DateTimeOffset Time(double seconds) => new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddSeconds(seconds);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public async Task<GrainState<JobState>> CreateAsync(JobRow row)
    {
        var state = new GrainState<JobState>(new JobState { Row = row });
        await WriteAsync(state);
        return state;
    }

    public Task WriteAsync(GrainState<JobState> state) => Storage.WriteStateAsync(StateName, Grain(state.State!.Row!), state);

    public Task WriteAsync(GrainState<JobState> state, JobRow row)
    {
        state.State!.Row = row;
        return WriteAsync(state);
    }

    public Task<GrainState<JobState>> ReadAsync(JobRow row) => ReadAsync(new JobKey(row.Owner.Tenant, row.Id));

    public async Task<GrainState<JobState>> ReadAsync(JobKey key)
    {
        var state = new GrainState<JobState>();
        await Storage.ReadStateAsync(StateName, Grain(key), state);
        return state;
    }

    public Task ClearAsync(GrainState<JobState> state) => Storage.ClearStateAsync(StateName, Grain(state.State!.Row!), state);

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        Lease.Dispose();
    }

    private static GrainId Grain(JobRow row) => Grain(new JobKey(row.Owner.Tenant, row.Id));

    private static GrainId Grain(JobKey key) => GrainId.Create("job", key.ToString());
}
