using Orleans.Runtime;

namespace Actors.Tools;

/// <summary>What the failure of a short call on its way to a silo says of whether it ran.</summary>
public static class CallLoss
{
    /// <summary>
    /// Far below the time (half a response timeout) after which a silo answers a streaming call that has said nothing yet, so that the
    /// caller asks again; whatever is refused before is the call itself.
    /// </summary>
    private static readonly TimeSpan FirstMoveIsOneMessageFor = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether nothing of the call ran: it found itself on another silo, or nobody took it. A silo that is unavailable may have been
    /// available when it got the call. Exceptions of the tool's own do not come here: they are outcomes.
    /// </summary>
    public static bool WasRefused(Exception exception) =>
        exception is WrongSiloException or (OrleansMessageRejectionException and not SiloUnavailableException);

    /// <summary>Whether what was refused of a streaming call asked how it goes on, and not for the call.</summary>
    /// <param name="hasBegun">Whether it has yielded anything.</param>
    /// <param name="elapsed">Since it was made.</param>
    public static bool IsOfCallUnderWay(bool hasBegun, TimeSpan elapsed) => hasBegun || elapsed > FirstMoveIsOneMessageFor;
}
