using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Membership;

/// <summary>Reads the table regularly, and at once when another silo says that it has changed.</summary>
internal sealed class TableRefresh(
    IMemberTable table, ClusterMembership membership, LocalMember local, SelfStop selfStop, IOptions<ClusterMembershipOptions> options,
    TimeProvider time, MembershipLog log)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var period = options.Value.TableRefreshTimeout;
        var retry = new TableRetry("read", period, log);
        while (!cancellationToken.IsCancellationRequested)
        {
            if (retry.Delay is { } delay) await Task.Delay(delay, time, cancellationToken);
            else await WaitAsync(Backoff.Jitter(period), cancellationToken);
            await retry.TryAsync(() => ReadAsync(cancellationToken), cancellationToken);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var view = await table.ReadAsync(cancellationToken);
        selfStop.Check(view, local.Status);
        membership.Publish(view);
    }

    private async Task WaitAsync(TimeSpan period, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(period, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            while (await membership.Rumours.WaitToReadAsync(either.Token))
                while (membership.Rumours.TryRead(out var version))
                    if (version.Value == long.MinValue || version > membership.Current.Version) return;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The period is over.
        }
    }
}
