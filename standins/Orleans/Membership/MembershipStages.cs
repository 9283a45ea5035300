using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>When a silo comes into the membership table, becomes active, and leaves it again.</summary>
internal sealed class MembershipStages(
    ClusterMembership membership, LocalMember local, JoinClearance clearance, SelfStop selfStop, IMemberTable table, TableRefresh refresh,
    AliveSignal alive, PeerProbes probes, DefunctCleanup cleanup, TimeProvider time, MembershipLog log) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _loops = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe<MembershipStages>(ServiceLifecycleStage.RuntimeInitialize, OpenAsync, CloseAsync);
        lifecycle.Subscribe<MembershipStages>(ServiceLifecycleStage.RuntimeGrainServices, JoinAsync, LeaveAsync);
        lifecycle.Subscribe<MembershipStages>(ServiceLifecycleStage.BecomeActive, ActivateAsync, _ => local.LeaveAsync(SiloStatus.ShuttingDown));
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        membership.Changed += (_, view) => selfStop.Check(view, local.Status);
        membership.Changed += LogChanges;
        await Patience.InsistAsync(
            "opened",
            async () =>
            {
                await table.OpenAsync(cancellationToken);
                membership.Publish(await table.ReadAsync(cancellationToken));
            },
            time, log, cancellationToken);
    }

    private async Task JoinAsync(CancellationToken cancellationToken)
    {
        await local.BecomeAsync(SiloStatus.Joining, cancellationToken);
        selfStop.Listed(membership.Current.Version);
        var stopping = _stopping.Token;
        _loops = Task.WhenAll(
            Task.Run(() => refresh.RunAsync(stopping), CancellationToken.None),
            Task.Run(() => alive.RunAsync(stopping), CancellationToken.None),
            Task.Run(() => probes.RunAsync(stopping), CancellationToken.None),
            Task.Run(() => cleanup.RunAsync(stopping), CancellationToken.None));
    }

    private async Task ActivateAsync(CancellationToken cancellationToken)
    {
        await Patience.InsistAsync("read", () => clearance.WaitAsync(cancellationToken), time, log, cancellationToken);
        await local.BecomeAsync(SiloStatus.Active, cancellationToken);
        membership.LookAgain();
    }

    // Whoever goes watches nobody: the connections that probes need close in the next stage.
    private Task LeaveAsync(CancellationToken cancellationToken)
    {
        probes.Dispose();
        return local.LeaveAsync(SiloStatus.Stopping);
    }

    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        await local.LeaveAsync(SiloStatus.Dead);
        await _stopping.CancelAsync();
        await _loops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void LogChanges(ClusterView previous, ClusterView now)
    {
        foreach (var member in now.Members)
            if (!member.Address.Equals(membership.Local) && previous.Find(member.Address)?.Status != member.Status)
                log.PeerBecame(member.Address, member.Status, now.Version);
    }
}
