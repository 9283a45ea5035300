namespace Actors.Storage.Jobs;

/// <summary>Which of the jobs without an owner a silo takes over.</summary>
/// <param name="Tools">The tools it has.</param>
/// <param name="OnlyOf">Null; or only the jobs that had this silo as their owner, and those that nobody owned.</param>
/// <param name="Index">Which share is its own.</param>
/// <param name="Count">How many shares there are.</param>
public sealed record OrphanShare(string[] Tools, string? OnlyOf = null, int Index = 0, int Count = 1);
