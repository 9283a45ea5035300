namespace Actors.Bench.Driver.Load;

/// <summary>What one round of a load came to.</summary>
/// <param name="Done">Pieces of work that were done.</param>
/// <param name="Took">How long the round was.</param>
/// <param name="Latencies">How long each piece took, or each batch; empty where nobody can say.</param>
internal sealed record Round(long Done, TimeSpan Took, Latencies Latencies);
