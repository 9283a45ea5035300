namespace Actors.Schemas.Evaluation;

/// <summary>A step into an instance: a member's name, or an item's position.</summary>
internal readonly record struct PathSegment(string? Name, int Index);
