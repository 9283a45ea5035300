using System.Globalization;
using Actors.Jobs;
using Actors.Storage.Leases;
using Actors.Storage.Postgres;
using Actors.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Actors.Storage.Jobs;

/// <summary>
/// The grain storage of jobs: <see cref="JobState"/> as a row of <c>jobs</c>, under the grain key <c>tenant/id</c>. The ETag
/// is the row's version. A write returns when it is durable, and fails with
/// <see cref="InconsistentStateException"/> (somebody else wrote, or created the row first),
/// <see cref="LeaseLostException"/> (this silo may not write it any more),
/// <see cref="RowRefusedException"/> (it will never be stored like this) or
/// <see cref="StorageUnavailableException"/> (read again before the next write). A row that a newer version wrote in a way that this
/// one does not understand is not read: <see cref="WrongSiloException"/>, so that a newer silo is asked.
/// Times come back in microseconds.
/// </summary>
public sealed class JobStorage : IGrainStorage, IAsyncDisposable
{
    /// <summary>The provider's name, for <c>[PersistentState("job", JobStorage.Name)]</c>.</summary>
    public const string Name = "jobs";

    /// <summary>The name of the state, which the table does not know: a job has one.</summary>
    public const string StateName = "job";

    private readonly JobWriter _writer;
    private readonly JobReader _reader;
    private readonly SiloLease _lease;

    public JobStorage(
        NpgsqlDataSource dataSource, SiloLease lease, IOptions<StorageOptions> options, TimeProvider time, ILogger<JobStorage> logger)
    {
        _lease = lease;
        _writer = new JobWriter(dataSource, lease, options.Value.Jobs, time, logger);
        _reader = new JobReader(dataSource, options.Value.Jobs, time);
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var key = Key(grainId);
        // At once, and not after a long wait: another silo may well be able to.
        if (!_lease.IsHeld) throw new StorageUnavailableException("This silo has lost its lease, and speaks for no job until it has another.");

        var stored = IsStorable(key) && !FreshJob.IsMarked ? await _reader.ReadAsync(key, cancellationToken) : null;
        if (stored is { IsKnown: false }) throw new WrongSiloException($"The job {key} is as a newer version of Actors made it, which this silo is not.");

        var state = Cast(grainState);
        state.State = new JobState { Row = stored?.Row, Stored = stored?.Row };
        state.RecordExists = stored is not null;
        state.ETag = stored?.Version.ToString(CultureInfo.InvariantCulture);
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var key = Key(grainId);
        var state = Cast(grainState);
        var row = state.State?.Row ?? throw new ArgumentException("A job's state without a row is cleared, not written.");
        if (row.Id != key.Id || row.Owner.Tenant != key.Tenant || !IsStorable(key))
            throw new ArgumentException($"The row is not that of the job {key}.");

        RowText.Require(row);
        var write = new PendingWrite(key, row, state.State.Stored, Version(state)) { Step = state.State.Step };
        await _writer.WriteAsync(write, cancellationToken);
        state.State.Stored = row;
        state.RecordExists = true;
        state.ETag = write.NewVersion.ToString(CultureInfo.InvariantCulture);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var state = Cast(grainState);
        if (Version(state) is var version and > 0) await _writer.WriteAsync(new PendingWrite(Key(grainId), null, null, version), cancellationToken);
        state.State = new JobState();
        state.RecordExists = false;
        state.ETag = null;
    }

    /// <summary>Writes what is still queued.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _reader.DisposeAsync();
    }

    private static JobKey Key(GrainId grainId) => JobKey.Parse(grainId.Key.ToString()!);

    // The id is stored as a uuid: another spelling of one would be another grain with the same row.
    private static bool IsStorable(JobKey key) => Guid.TryParseExact(key.Id, "N", out var id) && id.ToString("N") == key.Id && RowText.IsStorable(key.Tenant);

    private static long Version<T>(IGrainState<T> state) =>
        string.IsNullOrEmpty(state.ETag) ? 0 : long.Parse(state.ETag, NumberStyles.None, CultureInfo.InvariantCulture);

    private static IGrainState<JobState> Cast<T>(IGrainState<T> state) =>
        state as IGrainState<JobState> ?? throw new ArgumentException($"The provider \"{Name}\" stores {nameof(JobState)}, not {typeof(T)}.");
}
