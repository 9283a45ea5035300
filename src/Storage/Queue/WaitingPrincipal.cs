namespace Actors.Storage.Queue;

/// <summary>A principal with jobs that are due.</summary>
internal sealed class WaitingPrincipal(PrincipalKey key, IEnumerable<Lane> lanes)
{
    public PrincipalKey Key => key;

    public List<WaitingLane> Lanes { get; } = [.. lanes.Select(lane => new WaitingLane(lane))];
}
