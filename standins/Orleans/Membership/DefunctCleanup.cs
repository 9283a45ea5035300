using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>Removes rows of silos long dead, and the oldest of them where there are too many.</summary>
internal sealed class DefunctCleanup(
    IMemberTable table, IOptions<ClusterMembershipOptions> options, TimeProvider time, MembershipLog log)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.DefunctSiloCleanupPeriod is not { } period) return;

        var retry = new TableRetry("cleaned", period, log);
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(retry.Delay ?? Backoff.Jitter(period), time, cancellationToken);
            await retry.TryAsync(() => CleanAsync(cancellationToken), cancellationToken);
        }
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        var view = await table.ReadAsync(cancellationToken);
        var before = time.GetUtcNow() - options.Value.DefunctSiloExpiration;
        if (options.Value.MaxDefunctSiloEntries is { } most)
        {
            var dead = view.Members.Where(member => member.Status == SiloStatus.Dead).OrderByDescending(member => member.IAmAliveTime).ToArray();
            // Rows before this time go, so the youngest that is too many goes with the next round at the latest.
            if (dead.Length > most && dead[most - 1].IAmAliveTime > before) before = OldestKept(view, dead[most - 1].IAmAliveTime);
        }

        if (!view.Members.Any(member => member.Status != SiloStatus.Active && member.IAmAliveTime < before)) return;

        await table.RemoveDefunctAsync(before, cancellationToken);
    }

    // The statement deletes whatever is not active; rows of silos on their way in or out stay.
    private static DateTimeOffset OldestKept(ClusterView view, DateTimeOffset limit) =>
        view.Members.Where(member => member.Status is not (SiloStatus.Active or SiloStatus.Dead)).Select(member => member.IAmAliveTime)
            .Append(limit).Min();
}
