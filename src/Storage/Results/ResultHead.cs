namespace Actors.Storage.Results;

/// <summary>What is known of a result that is stored in chunks.</summary>
/// <param name="Attempt">The attempt that returned it.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="ChunkBytes">The bytes of each chunk but the last.</param>
/// <param name="Digest">The SHA-256 of the whole.</param>
public sealed record ResultHead(int Attempt, long Size, int ChunkBytes, byte[] Digest);
