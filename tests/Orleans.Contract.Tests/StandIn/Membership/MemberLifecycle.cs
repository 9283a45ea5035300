using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.Membership;

/// <summary>Takes the membership through the stages of a silo that has no other parts.</summary>
internal sealed class MemberLifecycle(IEnumerable<ILifecycleParticipant<ISiloLifecycle>> participants) : IHostedService
{
    private readonly SiloLifecycle _lifecycle = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var participant in participants) participant.Participate(_lifecycle);
        return _lifecycle.OnStart(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _lifecycle.OnStop(cancellationToken);
}
