namespace Actors.Storage.Jobs;

/// <summary>A cursor that no list has given out.</summary>
public sealed class InvalidCursorException() : Exception("The cursor is not valid.");
