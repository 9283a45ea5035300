using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Records;
using Actors.Chaos.Driver.Wire;

namespace Actors.Chaos.Driver.Clients;

/// <summary>Reads results piece by piece, each through another endpoint, as a resource or by the job tool.</summary>
internal static class WholeResults
{
    private const int Tries = 6;
    private static readonly int[] PieceBytes = [30_000, 65_536, 100_000];
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(300);

    /// <summary>False: a piece could not be read in time.</summary>
    public static async Task<bool> ReadAsync(
        KnownJob job, McpWire wire, Func<Endpoint> endpoints, TimeSpan patience, Random random, RecordWriter record, CancellationToken cancellationToken)
    {
        var calls = new List<long>();
        using var whole = new MemoryStream();
        var length = PieceBytes[random.Next(PieceBytes.Length)];
        for (long? offset = 0; offset is { } from;)
        {
            if (await PieceAsync(job, from, length, wire, endpoints, patience, random, cancellationToken) is not var (id, text, next))
                return false;
            calls.Add(id);
            whole.Write(Encoding.UTF8.GetBytes(text));
            offset = next;
        }

        var bytes = whole.ToArray();
        record.Add(new WholeResult
        {
            Job = job.Handle, Size = bytes.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)), Text = TextOf(bytes), Calls = calls,
        });
        return true;
    }

    private static async Task<(long Call, string Text, long? Next)?> PieceAsync(
        KnownJob job, long offset, int length, McpWire wire, Func<Endpoint> endpoints, TimeSpan patience, Random random, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var asResource = random.Next(2) == 0;
            var request = asResource ? Request.ReadPiece(job.Handle, offset, length) : Request.ResultPiece(job.Handle, offset, length);
            var (call, answer) = await wire.ReadAsync(request, endpoints(), patience, cancellationToken);
            if (Answer.IsAcknowledged(call) && Answer.Member(answer, "result") is { } result)
                return asResource ? OfResource(call.Id, result) : OfTool(call.Id, result);
            await Task.Delay(Between, TimeProvider.System, cancellationToken);
        }

        return null;
    }

    private static (long, string, long?)? OfResource(long call, JsonElement result)
    {
        var content = result.GetProperty("contents")[0];
        return (call, content.GetProperty("text").GetString()!, Number(Answer.Member(Answer.Member(content, "_meta"), "actors/range"), "nextOffset"));
    }

    private static (long, string, long?)? OfTool(long call, JsonElement result) =>
        (call, Answer.FirstText(result)!, Number(Answer.Member(result, "structuredContent"), "next_offset"));

    private static long? Number(JsonElement? element, string name) => Answer.Member(element, name)?.GetInt64();

    private static string? TextOf(byte[] result)
    {
        try
        {
            return Answer.FirstText(JsonElement.Parse(result)) is { } text ? LongText.Of(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
