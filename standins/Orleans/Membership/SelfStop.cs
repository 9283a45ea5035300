using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>
/// Stops the host of a silo that the cluster holds for dead: its grains may be running elsewhere already. The host gets a
/// moment to stop, and the process ends when it does not.
/// </summary>
internal sealed class SelfStop(ClusterMembership membership, IHostApplicationLifetime lifetime, ExitProcess exitProcess, MembershipLog log)
{
    public const int ExitCode = 70;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private int _isStopping;
    private MembershipVersion? _listedAt;

    public bool IsStopping => _isStopping != 0;

    /// <summary>The version at which this silo was first written down; from then on its row must be there.</summary>
    public void Listed(MembershipVersion version) => _listedAt ??= version;

    /// <summary>What was read about this silo, unless it is on its way out anyway.</summary>
    public void Check(ClusterView view, SiloStatus ownStatus)
    {
        if (_listedAt is not { } listedAt || ownStatus.IsTerminating()) return;

        if (view.Version < listedAt)
            Stop("the membership table was replaced by another, in which this silo is missing.");
        else if (view.Find(membership.Local) is not { } row)
            Stop("its row was deleted from the membership table.");
        else if (row.Status == SiloStatus.Dead)
            Stop($"the cluster declared it dead ({Voters(row)}).");
    }

    private static string Voters(SiloMember row) =>
        row.Votes.IsDefaultOrEmpty ? "nobody is named" : "by " + string.Join(", ", row.Votes.Select(vote => vote.Voter));

    private void Stop(string reason)
    {
        if (Interlocked.Exchange(ref _isStopping, 1) != 0) return;

        log.MustStop(membership.Local, ExitCode, reason);
        Environment.ExitCode = ExitCode;
        // A thread of its own: the pool may be what hangs.
        new Thread(EndUnlessStopped) { IsBackground = true, Name = nameof(SelfStop) }.Start();
        ThreadPool.UnsafeQueueUserWorkItem(static lifetime => lifetime.StopApplication(), lifetime, preferLocal: false);
    }

    private void EndUnlessStopped()
    {
        if (lifetime.ApplicationStopped.WaitHandle.WaitOne(Grace)) return;

        log.EndsProcess(membership.Local, Grace);
        exitProcess(ExitCode);
    }
}
