using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orleans.Runtime;

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
