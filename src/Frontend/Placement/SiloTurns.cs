using System.Collections.Immutable;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Actors.Frontend.Placement;

/// <summary>Gives every call its silo, one after the other.</summary>
internal sealed class SiloTurns
{
    private uint _turn;

    /// <summary>Null: whichever Orleans chooses.</summary>
    public SiloAddress? Next(ImmutableArray<SiloAddress> silos) =>
        silos.IsEmpty ? null : silos[(int)(Interlocked.Increment(ref _turn) % (uint)silos.Length)];

    /// <summary>Makes a call whose grain, where it is not active yet, is to become so on this silo.</summary>
    public static T At<T>(SiloAddress? silo, Func<T> call)
    {
        if (silo is null)
            return call();
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        try
        {
            return call();
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }
}
