using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Membership;

/// <summary>Writes this silo's IAmAliveTime regularly.</summary>
internal sealed class AliveSignal(
    IMemberTable table, ClusterMembership membership, IOptions<ClusterMembershipOptions> options, TimeProvider time, MembershipLog log)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var period = options.Value.IAmAliveTablePublishTimeout;
        var retry = new TableRetry("written", period, log);
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(retry.Delay ?? period, time, cancellationToken);
            await retry.TryAsync(() => table.SetAliveAsync(membership.Local, time.GetUtcNow(), cancellationToken), cancellationToken);
        }
    }
}
