using Actors.Jobs;
using Actors.Sessions;
using Actors.Storage.Sessions;
using Actors.Tenants;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Actors.Grains.Sessions;

/// <summary>
/// A session: its row, the streams of its short calls, and what its own stream has to carry. Whoever is not its owner
/// hears that there is none.
/// </summary>
internal sealed partial class SessionGrain(
    [PersistentState("session", SessionStorage.Name)] IPersistentState<SessionState> state,
    IOptions<SessionLimits> options,
    TimeProvider time,
    ILogger<SessionGrain> logger) : Grain, ISessionGrain
{
    private DateTimeOffset _lastSeen;

    private SessionLimits Limits => options.Value;

    private TimeSpan Accuracy => Limits.IdleTimeout * Limits.LastSeenAccuracy;

    private string Tenant => SessionKey.Parse(this.GetPrimaryKeyString()).Tenant;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (state.State.Row is { } row)
        {
            _lastSeen = row.LastSeenAt;
            PublishNews(row);
        }
        this.RegisterGrainTimer(StoreLastSeenAsync, new GrainTimerCreationOptions { DueTime = Accuracy, Period = Accuracy });
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        EndStreams();
        try
        {
            await StoreLastSeenAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // It costs the session a part of its idle time at most.
            LogNotStored(Tenant, exception);
        }
    }

    public async Task StartAsync(SessionStart start, CancellationToken cancellationToken = default)
    {
        if (state.State.Row is { } existing)
        {
            // A retry after a lost reply; the key was drawn for this one client.
            if (!start.Owner.MaySee(existing.Start.Owner))
                throw new JobRefusedException(SessionErrors.Failed());
            return;
        }
        var now = _lastSeen = time.GetUtcNow();
        await StoreAsync(new SessionRow { Start = start, CreatedAt = now, LastSeenAt = now });
        LogStarted(Tenant, start.ProtocolVersion);
    }

    public ValueTask<SessionView?> EnterAsync(Principal caller) => new(Find(caller) is { } row
        ? new SessionView { Start = row.Start, LogLevel = row.LogLevel, Subscriptions = row.Subscriptions }
        : null);

    public async Task<bool> SetLogLevelAsync(Principal caller, string level, CancellationToken cancellationToken = default)
    {
        if (Find(caller) is not { } row)
            return false;
        if (row.LogLevel != level)
            await StoreAsync(row with { LogLevel = level });
        return true;
    }

    public async Task<bool> SubscribeAsync(Principal caller, string uri, bool isWanted, CancellationToken cancellationToken = default)
    {
        if (Find(caller) is not { } row)
            return false;
        if (uri.Length > Limits.MaxUriLength || uri.Contains('\0', StringComparison.Ordinal))
            throw new JobRefusedException(SessionErrors.UriNotTaken(Limits.MaxUriLength));
        if (row.Subscriptions.Contains(uri) == isWanted)
            return true;
        if (isWanted && row.Subscriptions.Length >= Limits.MaxSubscriptions)
            throw new JobRefusedException(SessionErrors.TooManySubscriptions(Limits.MaxSubscriptions));
        await StoreAsync(row with { Subscriptions = isWanted ? row.Subscriptions.Add(uri) : row.Subscriptions.Remove(uri) });
        return true;
    }

    public async Task<bool> EndAsync(Principal caller, CancellationToken cancellationToken = default)
    {
        if (Find(caller) is null)
            return false;
        EndStreams();
        await state.ClearStateAsync(cancellationToken);
        LogEnded(Tenant);
        DeactivateOnIdle();
        return true;
    }

    /// <summary>The session where this caller owns it, and its sign of life.</summary>
    private SessionRow? Find(Principal caller)
    {
        var now = time.GetUtcNow();
        if (state.State.Row is { } row && now - _lastSeen < Limits.IdleTimeout)
        {
            if (!caller.MaySee(row.Start.Owner))
                return null;
            _lastSeen = now;
            return row;
        }
        // Nobody's session, or one whose time is over: the activation is not worth keeping.
        DeactivateOnIdle();
        return null;
    }

    private async Task StoreAsync(SessionRow row)
    {
        var before = state.State.Row;
        state.State.Row = row with { LastSeenAt = _lastSeen };
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            // Memory says what is known to be stored; where that is in doubt, the next activation reads it.
            state.State.Row = before;
            DeactivateOnIdle();
            throw;
        }
        PublishNews(row);
    }

    private async Task StoreLastSeenAsync(CancellationToken cancellationToken)
    {
        if (state.State.Row is { } row && _lastSeen - row.LastSeenAt >= Accuracy)
            await StoreAsync(row);
        ForgetFinished();
    }

    [LoggerMessage(LogLevel.Debug, "A session of tenant {Tenant} has started, in revision {Revision}")]
    private partial void LogStarted(string tenant, string revision);

    [LoggerMessage(LogLevel.Debug, "A session of tenant {Tenant} was ended by its client")]
    private partial void LogEnded(string tenant);

    [LoggerMessage(LogLevel.Warning, "When a session of tenant {Tenant} was last in use could not be stored")]
    private partial void LogNotStored(string tenant, Exception exception);

    [LoggerMessage(LogLevel.Error, "A short call of tenant {Tenant} for {Name} failed")]
    private partial void LogCallFailed(string tenant, string name, Exception exception);
}
