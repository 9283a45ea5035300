namespace Actors.Storage.Retention;

/// <summary>Whether a job stays after it has expired, and until when it would be kept otherwise.</summary>
/// <param name="IsPinned">Its owner wants it.</param>
/// <param name="IsHeld">An operator wants it, which its owner cannot undo.</param>
/// <param name="ExpiresAt">Null: it does not expire.</param>
public sealed record JobPin(bool IsPinned, bool IsHeld, DateTimeOffset? ExpiresAt);
