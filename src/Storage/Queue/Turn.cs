namespace Actors.Storage.Queue;

/// <summary>Whose turn it is.</summary>
/// <param name="Pass">How far its starts have taken it: the lowest is next.</param>
/// <param name="Clock">What the passes of those within it are measured against.</param>
public readonly record struct Turn(double Pass, double Clock);
