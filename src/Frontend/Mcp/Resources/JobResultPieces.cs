using Actors.Jobs;
using Actors.Tenants;

namespace Actors.Frontend.Mcp.Resources;

/// <summary>Reads pieces of a completed job's result.</summary>
internal static class JobResultPieces
{
    /// <returns>The piece, the size of the whole in bytes, and its SHA-256 where one was stored.</returns>
    public static ValueTask<(ResultPiece Piece, long Size, byte[]? Digest)> ReadAsync(
        Principal caller, JobSnapshot job, long offset, int length, CancellationToken cancellationToken)
    {
        var result = job.Result!;
        var start = (int)Math.Min(offset, result.Length);
        var end = (int)Math.Min((long)start + length, result.Length);
        return new((ResultPiece.Of(result.AsMemory(start..end), start, isEnd: end == result.Length), result.Length, null));
    }
}
