using System.Text.Json;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>A JSON-RPC batch: revision 2025-03-26 has them, and no other.</summary>
internal static class Batch
{
    public static bool IsOne(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];

    /// <exception cref="RefusedException">It is empty, over the limit, or no JSON text.</exception>
    public static List<byte[]> Read(byte[] body, int maxMessages, int maxDepth)
    {
        RequestText.Check(body);
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = maxDepth });
            var messages = document.RootElement.EnumerateArray()
                .Select(message => JsonSerializer.SerializeToUtf8Bytes(message, JsonElements.Default.JsonElement)).ToList();
            if (messages.Count == 0)
                throw new RefusedException(Refusal.InvalidRequest, "The batch is empty; it must hold at least one message.");
            return messages.Count <= maxMessages
                ? messages
                : throw new RefusedException(Refusal.InvalidRequest, $"The batch has {messages.Count} messages; {maxMessages} are the most (Actors:Mcp:MaxBatch).");
        }
        catch (JsonException e)
        {
            throw new RefusedException(Refusal.NotJson, "The body is not one JSON value: " + e.Message);
        }
    }
}
