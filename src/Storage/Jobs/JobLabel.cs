namespace Actors.Storage.Jobs;

/// <summary>A label to look for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; null: whatever it is.</param>
public readonly record struct JobLabel(string Name, string? Value);
