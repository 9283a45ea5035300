using Actors.Tools;

namespace Actors.Grains.Tools;

/// <summary>
/// Runs primitives inline. An interface because tool packs, and the protocol's SDK with them, live in src/Silo, which
/// grains do not know.
/// </summary>
public interface IPrimitiveInvoker
{
    /// <param name="call">The call.</param>
    /// <param name="notify">Takes the call's notifications (method, UTF-8 params) in order, or null where the caller wants none.</param>
    /// <param name="cancellationToken">Set when the caller goes away.</param>
    Task<PrimitiveOutcome> InvokeAsync(
        PrimitiveCall call, Action<PrimitiveEvent>? notify, CancellationToken cancellationToken);
}
