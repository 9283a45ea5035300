using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Management;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>This silo's own row.</summary>
internal sealed class LocalMember(
    MemberWrites writes, ILocalSiloDetails silo, IOptions<EndpointOptions> endpoints, SiloStartTime started, TimeProvider time, MembershipLog log)
{
    // How long a silo that goes tries to say so, as long as Orleans'.
    private TimeSpan _goodbyeTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Where this silo means to be; the table may not know yet.</summary>
    public SiloStatus Status { get; private set; } = SiloStatus.Created;

    /// <summary>Waits for the database as long as it takes.</summary>
    /// <exception cref="OrleansException">This silo has been declared dead.</exception>
    public Task BecomeAsync(SiloStatus status, CancellationToken cancellationToken) =>
        Patience.InsistAsync("written", () => WriteAsync(status, cancellationToken), time, log, cancellationToken);

    /// <summary>As the other, on the way out: gives up soon, since the others notice that this silo is gone.</summary>
    public async Task LeaveAsync(SiloStatus status)
    {
        using var limit = new CancellationTokenSource(_goodbyeTimeout, time);
        try
        {
            await WriteAsync(status, limit.Token);
        }
        catch (Exception exception)
        {
            // Whatever it is, the silo must go on stopping, and not wait as long again for its next goodbye.
            _goodbyeTimeout = TimeSpan.FromSeconds(1);
            log.CouldNotTell(exception, silo.SiloAddress, status);
        }
    }

    private async Task WriteAsync(SiloStatus status, CancellationToken cancellationToken)
    {
        if (Status == SiloStatus.Dead) return;

        Status = status;
        var isDead = false;
        await writes.ChangeAsync(
            view =>
            {
                var row = view.Find(silo.SiloAddress) ?? New();
                isDead = row.Status == SiloStatus.Dead;
                return isDead || row.Status == status ? null : row with { Status = status, IAmAliveTime = time.GetUtcNow() };
            },
            cancellationToken);
        if (isDead && status != SiloStatus.Dead && !status.IsTerminating())
            throw new OrleansException($"The silo {silo.SiloAddress} was declared dead before it could become {status}.");

        log.Became(silo.SiloAddress, status);
    }

    private SiloMember New() => new()
    {
        Address = silo.SiloAddress,
        Status = SiloStatus.Created,
        Name = silo.Name,
        HostName = silo.DnsHostName,
        GatewayPort = endpoints.Value.GatewayPort,
        StartTime = started.Utc,
        IAmAliveTime = time.GetUtcNow()
    };
}
