namespace Actors.Storage.Queue;

/// <summary>A tenant with jobs that are due.</summary>
internal sealed class WaitingTenant(string name, int weight, IEnumerable<Lane> lanes)
{
    public string Name => name;

    public PrincipalKey Key { get; } = PrincipalKey.OfTenant(name);

    public int Weight => weight;

    public List<WaitingPrincipal> Principals { get; } =
        [.. lanes.GroupBy(lane => lane.Key.Principal).Select(own => new WaitingPrincipal(own.Key, own))];
}
