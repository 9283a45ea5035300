using System.Globalization;
using Actors.Sessions;
using Actors.Storage.Postgres;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Actors.Storage.Sessions;

/// <summary>
/// The grain storage of sessions: <see cref="SessionState"/> as a row of <c>sessions</c>, under the grain key <c>tenant/id</c>. The
/// ETag is the row's version. A write returns when it is durable, and fails with <see cref="InconsistentStateException"/> (somebody
/// else wrote) or <see cref="StorageUnavailableException"/>.
/// </summary>
public sealed class SessionStorage(SessionTable table) : IGrainStorage
{
    /// <summary>The provider's name, for <c>[PersistentState("session", SessionStorage.Name)]</c>.</summary>
    public const string Name = "sessions";

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = await Guarded(() => table.FindAsync(Key(grainId)));
        var state = Cast(grainState);
        state.State = new SessionState { Row = stored?.Row };
        state.RecordExists = stored is not null;
        state.ETag = stored?.Version.ToString(CultureInfo.InvariantCulture);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = Key(grainId);
        var state = Cast(grainState);
        var row = state.State?.Row ?? throw new ArgumentException("A session's state without a row is cleared, not written.");
        var version = Version(state);
        if (!await Guarded(() => version == 0 ? table.InsertAsync(key, row) : table.UpdateAsync(key, row, version)))
            throw new InconsistentStateException($"The session {key.Tenant}/… was written by somebody else.");

        state.RecordExists = true;
        state.ETag = (version + 1).ToString(CultureInfo.InvariantCulture);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Guarded(() => table.DeleteAsync(Key(grainId)));
        var state = Cast(grainState);
        state.State = new SessionState();
        state.RecordExists = false;
        state.ETag = null;
    }

    private static SessionKey Key(GrainId grainId) => SessionKey.Parse(grainId.Key.ToString()!);

    private static long Version(IGrainState<SessionState> state) =>
        state.ETag is { } version ? long.Parse(version, CultureInfo.InvariantCulture) : 0;

    private static IGrainState<SessionState> Cast<T>(IGrainState<T> state) => state as IGrainState<SessionState>
        ?? throw new ArgumentException($"The storage '{Name}' holds {nameof(SessionState)} and nothing else, not {typeof(T).Name}.");

    private static async Task<T> Guarded<T>(Func<Task<T>> statement)
    {
        try
        {
            return await statement();
        }
        catch (Exception exception) when (PostgresFaults.Classify(exception) is PostgresFault.Unavailable)
        {
            throw new StorageUnavailableException("The database could not be reached for a session.", exception);
        }
    }
}
