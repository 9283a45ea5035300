using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Actors.Grains.Jobs;
using Actors.Storage;

namespace Actors.Silo.Results;

/// <summary>
/// What stands for a result that is stored in chunks: a CallToolResult with the beginning of its text, a sentence on how to read the rest, and a link. Small
/// structured content and _meta are kept; larger ones are in the whole.
/// </summary>
internal static class SpilledResult
{
    public static byte[] Write(string jobId, byte[] result, JobLimits limits)
    {
        using var whole = JsonDocument.Parse(result);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteContent(writer, jobId, whole.RootElement, result.Length, limits.SpilledPreviewChars);
            foreach (var member in whole.RootElement.EnumerateObject())
            {
                if (member.Name is not ("content" or "_meta") && IsSmall(member.Value, limits))
                {
                    member.WriteTo(writer);
                }
            }

            WriteMeta(writer, jobId, whole.RootElement, result, limits);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteContent(Utf8JsonWriter writer, string jobId, JsonElement whole, int size, int previewChars)
    {
        writer.WriteStartArray("content");
        if (FirstText(whole) is { Length: > 0 } text && previewChars > 0)
        {
            WriteText(writer, Beginning.WithEllipsis(text, previewChars));
        }

        WriteText(writer, string.Create(
            CultureInfo.InvariantCulture,
            $"This is only the beginning: the whole result has {size} bytes. Read it in pieces, with job_result {{\"job_id\":\"{jobId}\",\"offset\":0}} or as the resource {Uri(jobId)}?offset=0."));
        writer.WriteStartObject();
        writer.WriteString("type", "resource_link");
        writer.WriteString("uri", Uri(jobId));
        writer.WriteString("name", "result");
        writer.WriteString("title", "The whole result");
        writer.WriteString("mimeType", "application/json");
        writer.WriteNumber("size", size);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteMeta(Utf8JsonWriter writer, string jobId, JsonElement whole, byte[] result, JobLimits limits)
    {
        writer.WriteStartObject("_meta");
        if (whole.TryGetProperty("_meta", out var meta) && meta.ValueKind is JsonValueKind.Object && IsSmall(meta, limits))
        {
            foreach (var member in meta.EnumerateObject().Where(member => member.Name != Marker))
            {
                member.WriteTo(writer);
            }
        }

        writer.WriteStartObject(Marker);
        writer.WriteString("uri", Uri(jobId));
        writer.WriteNumber("size", result.Length);
        writer.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(result)));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>The member of _meta by which what stands for a result is told from a result.</summary>
    private const string Marker = "actors/result";

    private static string Uri(string jobId) => $"job://{jobId}/result";

    private static bool IsSmall(JsonElement value, JobLimits limits) => value.GetRawText().Length <= limits.SpillResultBytes / 4;

    private static void WriteText(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "text");
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }

    private static string? FirstText(JsonElement whole) =>
        whole.TryGetProperty("content", out var content) && content.ValueKind is JsonValueKind.Array
            ? content.EnumerateArray().Select(block => block.TryGetProperty("text", out var text) ? text.GetString() : null).FirstOrDefault(text => text is not null)
            : null;
}
