namespace Actors.Storage.Queue;

/// <summary>How many jobs of a principal and a tool have an owner, and so count against the limits.</summary>
public readonly record struct OwnedJobs(PrincipalKey Principal, string Tool, long Count);
