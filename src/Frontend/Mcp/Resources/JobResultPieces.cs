using System.Text.Json;
using Actors.Frontend.Retries;
using Actors.Jobs;
using Actors.Storage.Results;
using Actors.Tenants;

namespace Actors.Frontend.Mcp.Resources;

/// <summary>Reads pieces of a completed job's result, wherever it is stored.</summary>
internal sealed class JobResultPieces(ResultStore store, RetryPolicy retries)
{
    /// <returns>The piece, the size of the whole in bytes, and its SHA-256 where one was stored.</returns>
    public async ValueTask<(ResultPiece Piece, long Size, byte[]? Digest)> ReadAsync(
        Principal caller, JobSnapshot job, long offset, int length, CancellationToken cancellationToken)
    {
        var result = job.Result!;
        if (StandsForAnother(result)
            && await retries.RunAsync(() => new ValueTask<ResultHead?>(store.FindAsync(caller, job.Id, cancellationToken)), cancellationToken) is { } head)
        {
            offset = Math.Min(offset, head.Size);
            var bytes = await retries.RunAsync(
                () => new ValueTask<byte[]>(store.ReadAsync(caller, job.Id, head, offset, length, cancellationToken)), cancellationToken);
            return (ResultPiece.Of(bytes, offset, isEnd: offset + bytes.Length == head.Size), head.Size, head.Digest);
        }
        var start = (int)Math.Min(offset, result.Length);
        var end = (int)Math.Min((long)start + length, result.Length);
        return (ResultPiece.Of(result.AsMemory(start..end), start, isEnd: end == result.Length), result.Length, null);
    }

    // A tool that says so of its own result has nothing stored, and that result is what is read.
    private static bool StandsForAnother(byte[] result)
    {
        using var document = JsonDocument.Parse(result);
        return document.RootElement.TryGetProperty("_meta", out var meta) && meta.ValueKind == JsonValueKind.Object && meta.TryGetProperty("actors/result", out _);
    }
}
