using Orleans.Connections;
using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.Messaging;

/// <summary>When a silo listens, and when it takes leave of those it talks to.</summary>
internal sealed class SiloMessaging(
    Peers peers, SiloRouter router, MessageReceiver receiver, ClusterMembership membership, SiloListener listener, ConnectionPool pool,
    TimeProvider time) : ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DrainPoll = TimeSpan.FromMilliseconds(20);

    public void Participate(ISiloLifecycle lifecycle)
    {
        if (router.Locator is null) return;

        lifecycle.Subscribe<SiloMessaging>(ServiceLifecycleStage.RuntimeServices, StartAsync, StopAsync);
        lifecycle.Subscribe<SiloMessaging>(ServiceLifecycleStage.Active, static _ => Task.CompletedTask, TakeLeave);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        membership.Changed += OnChanged;
        peers.Trouble += (peer, reason) => membership.Suspect(peer.Address, reason);
        peers.Start(time);
        pool.Receiver = receiver;
        await listener.StartAsync(receiver, cancellationToken);
    }

    private Task TakeLeave(CancellationToken cancellationToken)
    {
        foreach (var link in peers.Links)
            if (link.IsClient) link.TrySend(Messages.Leaving(link.Connection));
        return Task.CompletedTask;
    }

    // Nobody sends any more, and the calls that were passed on have their answers, before the connections close.
    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await SayGoodbyeAsync();
        var startedAt = time.GetTimestamp();
        do await Task.Delay(DrainPoll, time, CancellationToken.None);
        while (peers.Links.Any(link => link.OpenCount > 0) && time.GetElapsedTime(startedAt) < DrainLimit && !cancellationToken.IsCancellationRequested);
        await listener.StopAsync(cancellationToken);
        await pool.CloseAsync(cancellationToken);
        membership.Changed -= OnChanged;
    }

    private async Task SayGoodbyeAsync()
    {
        List<Task> answers = [];
        foreach (var link in peers.Links)
        {
            var goodbye = new Question();
            if (link.Peer is null && link.Ask(goodbye, Messages.Goodbye)) answers.Add(goodbye.Answered);
        }

        await Task.WhenAny(Task.WhenAll(answers), Task.Delay(GoodbyeLimit, time));
    }

    private void OnChanged(ClusterView previous, ClusterView view)
    {
        foreach (var member in view.Members)
            if (member.Status == SiloStatus.Dead) peers.Remove(member.Address, "the silo was declared dead");
        foreach (var member in previous.Members)
            if (view.StatusOf(member.Address) is SiloStatus.None or SiloStatus.Dead) peers.Remove(member.Address, "the silo is no longer a member");
    }
}
