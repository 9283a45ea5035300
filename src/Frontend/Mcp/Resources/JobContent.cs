using System.Text.Json;

namespace Actors.Frontend.Mcp.Resources;

/// <summary>What a read of a job's resource gives.</summary>
/// <param name="MimeType">JSON, or text where it is a piece of JSON.</param>
/// <param name="Utf8">The text.</param>
/// <param name="Meta">Writes the value of <c>_meta</c>; null: none.</param>
internal sealed record JobContent(string MimeType, ReadOnlyMemory<byte> Utf8, Action<Utf8JsonWriter>? Meta = null)
{
    public const string Json = "application/json";
    public const string Piece = "text/plain";
}
