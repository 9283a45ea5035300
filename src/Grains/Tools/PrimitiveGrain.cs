using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Actors.Tools;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Tools;

// One worker a silo: a stream lives in the activation that it started on, and no method holds the turn.
/// <summary>Hands short calls to the packs of the silo they arrive at, off the grain's turn, since tools may block.</summary>
[StatelessWorker(1)]
internal sealed class PrimitiveGrain(IPrimitiveInvoker invoker, IOptions<PrimitiveLimits> limits) : Grain, IPrimitiveGrain
{
    public Task<PrimitiveOutcome> InvokeAsync(PrimitiveCall call, CancellationToken cancellationToken = default) =>
        Task.Run(() => invoker.InvokeAsync(call, notify: null, cancellationToken), cancellationToken);

    public async IAsyncEnumerable<PrimitiveEvent> InvokeStreamingAsync(
        PrimitiveCall call, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
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
