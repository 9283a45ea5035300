namespace Actors.Storage.Queue;

/// <summary>Where a job stands among those of its principal.</summary>
/// <param name="Ahead">How many come first; no more than were counted.</param>
/// <param name="StartsPerSecond">How fast the principal's jobs started lately.</param>
public readonly record struct PlaceInLine(long Ahead, double StartsPerSecond);
