using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Actors.Tools;

/// <summary>Says of one call on which silo its grain is to be activated, where it is not active yet.</summary>
public static class PlacementHint
{
    /// <param name="silo">The silo; null: whichever Orleans chooses.</param>
    /// <param name="call">Makes the call; later ones are made without the hint.</param>
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
