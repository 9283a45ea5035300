using System.Text.Json;

namespace Actors.Frontend.Mcp.Responses;

/// <summary>
/// <c>_meta["io.modelcontextprotocol/related-task"]</c>, which says of a message which task it belongs to (2025-11-25, Tasks, Associating
/// Task-Related Messages).
/// </summary>
internal static class RelatedTask
{
    private static ReadOnlySpan<byte> Key => "io.modelcontextprotocol/related-task"u8;

    /// <param name="writer">Stands inside an open object.</param>
    /// <param name="taskId">The task.</param>
    /// <param name="other">What else <c>_meta</c> holds, as UTF-8 JSON; empty: nothing.</param>
    public static void WriteMeta(Utf8JsonWriter writer, string taskId, ReadOnlySpan<byte> other)
    {
        writer.WriteStartObject(WireNames.Meta);
        if (other.Length > 0 && other[0] == (byte)'{')
            MemberCopy.WriteAllBut(writer, other, Key);
        writer.WriteStartObject(Key);
        writer.WriteString("taskId", taskId);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>The params of a message, with that said in them.</summary>
    public static byte[] Params(string taskId, byte[]? parameters)
    {
        using var json = JsonBuffer.Rent();
        json.Writer.WriteStartObject();
        MemberCopy.WriteAllBut(json.Writer, parameters, "_meta"u8);
        WriteMeta(json.Writer, taskId, MetaOf(parameters));
        json.Writer.WriteEndObject();
        return json.Written.ToArray();
    }

    private static ReadOnlySpan<byte> MetaOf(ReadOnlySpan<byte> parameters)
    {
        if (parameters.IsEmpty)
            return default;
        var reader = new Utf8JsonReader(parameters);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMeta = reader.ValueTextEquals("_meta"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isMeta)
                return parameters[start..(int)reader.BytesConsumed];
        }
        return default;
    }
}
