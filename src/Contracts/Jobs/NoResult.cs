namespace Actors.Jobs;

/// <summary>What a step without a result is stored as.</summary>
internal sealed record NoResult;
