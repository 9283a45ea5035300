using System.Data.Common;
using System.Globalization;
using Orleans.AdoNet;
using Orleans.Configuration;
using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Keeps states in OrleansStorage, through the statements that OrleansQuery holds.</summary>
internal sealed class AdoNetGrainStorage(
    string name, AdoNetGrainStorageOptions options, ClusterOptions cluster, TimeProvider time, MembershipLog log)
    : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly AdoNetDatabase _database = AdoNetDatabase.Open(options.Invariant, options.ConnectionString, options.DataSource);
    private StoredQueries? _queries;

    private StoredQueries Queries =>
        _queries ?? throw new InvalidOperationException($"The grain storage \"{name}\" is used before the silo has started it.");

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe<AdoNetGrainStorage>(options.InitStage, OpenAsync);

    public void Dispose() => _database.Dispose();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var key = StorageKey.Of(grainId);
        var rows = await _database.ReadAsync(
            Queries["ReadFromStorageKey"], command => key.Bind(command, stateName, cluster.ServiceId),
            static row => (Payload: row["PayloadBinary"] as byte[], Version: row["Version"] as int?), cancellationToken);
        var (payload, version) = rows.SingleOrDefault();
        grainState.State = payload is null ? default : StateJson.Deserialize<T>(payload);
        grainState.ETag = version?.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = payload is not null;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var payload = StateJson.Serialize(grainState.State);
        grainState.ETag = await ChangeAsync(
            "WriteToStorageKey", stateName, grainId, grainState.ETag, command => command.With("PayloadBinary", payload), cancellationToken);
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        if (!grainState.RecordExists && string.IsNullOrWhiteSpace(grainState.ETag))
        {
            await ReadStateAsync(stateName, grainId, grainState, cancellationToken);
            if (!grainState.RecordExists) return;
        }

        var key = options.DeleteStateOnClear ? "DeleteStorageKey" : "ClearStorageKey";
        var version = await ChangeAsync(key, stateName, grainId, grainState.ETag, static command => command, cancellationToken);
        grainState.ETag = options.DeleteStateOnClear ? null : version;
        grainState.RecordExists = false;
        grainState.State = default;
    }

    private Task OpenAsync(CancellationToken cancellationToken) => Patience.InsistAsync(
        "opened", async () => _queries = await StoredQueries.OpenAsync(_database, "Storage", cancellationToken), time, log, cancellationToken);

    private async Task<string> ChangeAsync(
        string query, string stateName, GrainId grainId, string? etag, Func<DbCommand, DbCommand> bind, CancellationToken cancellationToken)
    {
        int? known = string.IsNullOrWhiteSpace(etag) ? null : int.Parse(etag, CultureInfo.InvariantCulture);
        var key = StorageKey.Of(grainId);
        var rows = await _database.ReadAsync(
            Queries[query], command => bind(key.Bind(command, stateName, cluster.ServiceId)).With("GrainStateVersion", known),
            static row => row["NewGrainStateVersion"] as int?, cancellationToken);

        // The version that was given, or none, says that nothing was written.
        return rows.SingleOrDefault() is { } version && version != known
            ? version.ToString(CultureInfo.InvariantCulture)
            : throw new InconsistentStateException(
                $"Version conflict ({query}): ServiceId={cluster.ServiceId} ProviderName={name} GrainType={stateName} GrainId={grainId} ETag={etag}.");
    }
}
