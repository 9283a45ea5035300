using System.Text.Json;

namespace Actors.Frontend.Mcp.Resources;

/// <summary>Says which piece of a result something is.</summary>
internal static class ResultPieceJson
{
    /// <summary>The <c>_meta</c> of a piece: its member <c>actors/range</c>.</summary>
    public static void Write(Utf8JsonWriter writer, ResultPiece piece, long size, byte[]? digest)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("actors/range");
        writer.WriteNumber("size", size);
        writer.WriteNumber("offset", piece.Offset);
        writer.WriteNumber("length", piece.Utf8.Length);
        if (piece.End < size)
            writer.WriteNumber("nextOffset", piece.End);
        if (digest is not null)
            writer.WriteString("sha256", Convert.ToHexStringLower(digest));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
