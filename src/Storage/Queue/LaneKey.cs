namespace Actors.Storage.Queue;

/// <summary>A part of the line in which only the earliest start decides.</summary>
public readonly record struct LaneKey(PrincipalKey Principal, string Tool, int Priority)
{
    public string Tenant => Principal.Tenant;
}
