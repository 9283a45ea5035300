using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Actors.Tools;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Actors.Grains.Tools;

/// <summary>
/// Hands short calls to the packs of the silo that its key names, off the grain's turn, since tools may block. One a silo, and
/// streams live in it: no method holds the turn.
/// </summary>
internal sealed class PrimitiveGrain(IPrimitiveInvoker invoker, ILocalSiloDetails silo, IOptions<PrimitiveLimits> limits) : Grain, IPrimitiveGrain
{
    public Task<PrimitiveOutcome> InvokeAsync(PrimitiveCall call, CancellationToken cancellationToken = default)
    {
        RequireMeant();
        return Task.Run(() => invoker.InvokeAsync(call, notify: null, cancellationToken), cancellationToken);
    }

    public async IAsyncEnumerable<PrimitiveEvent> InvokeStreamingAsync(
        PrimitiveCall call, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        RequireMeant();
        // A reader that stops reading while the tool goes on costs it the oldest notifications, never memory.
        var events = Channel.CreateBounded<PrimitiveEvent>(new BoundedChannelOptions(limits.Value.MaxPendingNotifications)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        });
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var outcome = Task.Run(() => RunAsync(call, events.Writer, gone.Token), gone.Token);
        try
        {
            await foreach (var notification in events.Reader.ReadAllAsync(cancellationToken))
            {
                yield return notification;
            }

            yield return PrimitiveEvent.End(await outcome);
        }
        finally
        {
            await gone.CancelAsync();
        }
    }

    /// <exception cref="WrongSiloException">The silo that was meant is gone, and Orleans has activated the grain elsewhere.</exception>
    private void RequireMeant()
    {
        var meant = this.GetPrimaryKeyString();
        if (SiloAddress.TryParse(meant, out var address) && !address.Equals(silo.SiloAddress))
        {
            DeactivateOnIdle();
            throw new WrongSiloException($"The call was meant for the silo {meant} and came to {silo.SiloAddress}.");
        }
    }

    private async Task<PrimitiveOutcome> RunAsync(
        PrimitiveCall call, ChannelWriter<PrimitiveEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            return await invoker.InvokeAsync(call, e => events.TryWrite(e), cancellationToken);
        }
        finally
        {
            events.Complete();
        }
    }
}
