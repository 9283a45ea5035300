using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Actors.Frontend.Placement;

/// <summary>Gives every call its silo, one after the other.</summary>
internal sealed class SiloTurns(TimeProvider time)
{
    /// <summary>Longer than a silo that died stays in the catalogue.</summary>
    private static readonly TimeSpan AvoidFor = TimeSpan.FromSeconds(6);

    private readonly ConcurrentDictionary<SiloAddress, long> _avoided = new();
    private uint _turn;

    /// <summary>Null: whichever Orleans chooses.</summary>
    public SiloAddress? Next(ImmutableArray<SiloAddress> silos)
    {
        if (silos.IsEmpty)
            return null;
        var turn = Interlocked.Increment(ref _turn);
        for (var i = 0u; i < silos.Length; i++)
        {
            var silo = silos[(int)((turn + i) % (uint)silos.Length)];
            if (!IsAvoided(silo))
                return silo;
        }
        return silos[(int)(turn % (uint)silos.Length)];
    }

    /// <summary>Notes a silo that did not answer: others have their turn until it is known what became of it.</summary>
    public void Avoid(SiloAddress silo) => _avoided[silo] = time.GetTimestamp();

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

    private bool IsAvoided(SiloAddress silo)
    {
        if (_avoided.IsEmpty || !_avoided.TryGetValue(silo, out var since))
            return false;
        if (time.GetElapsedTime(since) < AvoidFor)
            return true;
        _avoided.TryRemove(silo, out _);
        return false;
    }
}
