using System.Collections.Immutable;
using Orleans.Runtime;

namespace Orleans.GrainDirectory;

/// <summary>
/// Which silo keeps the directory's entry of a grain. Every silo computes the same from the same members, and when a
/// silo comes or goes, only its share changes hands.
/// </summary>
internal sealed class DirectoryRing
{
    private const int PointsPerSilo = 64;

    private readonly uint[] _points;
    private readonly SiloAddress[] _owners;

    public DirectoryRing(long version, ImmutableArray<SiloAddress> silos)
    {
        Version = version;
        Silos = silos;
        var points = new (uint Point, SiloAddress Owner)[silos.Length * PointsPerSilo];
        for (var i = 0; i < silos.Length; i++)
        {
            var seed = unchecked((uint)silos[i].GetConsistentHashCode());
            for (var j = 0; j < PointsPerSilo; j++) points[(i * PointsPerSilo) + j] = (Mix(seed + ((uint)j * 0x9E3779B9u)), silos[i]);
        }

        // By address where two points fall together, so that all silos agree.
        Array.Sort(points, static (left, right) =>
            left.Point != right.Point ? left.Point.CompareTo(right.Point) : left.Owner.CompareTo(right.Owner));
        _points = [.. points.Select(point => point.Point)];
        _owners = [.. points.Select(point => point.Owner)];
    }

    /// <summary>The version of the membership table from which the ring was made.</summary>
    public long Version { get; }

    public ImmutableArray<SiloAddress> Silos { get; }

    /// <summary>Null when no silo is active.</summary>
    public SiloAddress? OwnerOf(GrainId grain)
    {
        if (_points.Length == 0) return null;

        var index = Array.BinarySearch(_points, Mix(grain.GetUniformHashCode()));
        if (index < 0) index = ~index;
        return _owners[index == _points.Length ? 0 : index];
    }

    private static uint Mix(uint value)
    {
        value ^= value >> 16;
        value *= 0x85EBCA6Bu;
        value ^= value >> 13;
        value *= 0xC2B2AE35u;
        return value ^ (value >> 16);
    }
}
