using System.Text.Json;

namespace Actors.Cli.Messages;

/// <summary>A JSON-RPC batch, which revision 2025-03-26 allows: its messages are sent one by one, and answered so.</summary>
internal static class Batch
{
    /// <param name="batch">An array that was read without a fault.</param>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> batch)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        var json = new Utf8JsonReader(batch.Span, new JsonReaderOptions { MaxDepth = 256 });
        json.Read();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)json.TokenStartIndex;
            json.Skip();
            parts.Add(batch[start..(int)json.BytesConsumed]);
        }
        return parts;
    }
}
