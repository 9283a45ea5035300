using System.Globalization;
using System.Text.Json;
using Actors.Frontend.Mcp.Responses;
using Actors.Storage.Jobs;

namespace Actors.Frontend.JobTools;

/// <summary>Writes a page of a job's journal, as job_log and the resource <c>job://{id}/log</c> give it.</summary>
internal static class JobLogJson
{
    public static void Write(Utf8JsonWriter writer, JournalPage page)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("entries");
        foreach (var line in page.Lines)
            Write(writer, line);
        writer.WriteEndArray();
        writer.WriteString("cursor", page.Cursor.ToString(CultureInfo.InvariantCulture));
        writer.WriteBoolean("more", page.HasMore);
        writer.WriteEndObject();
    }

    public static string Kind(JournalKind kind) => kind switch
    {
        JournalKind.State => "state",
        JournalKind.Log => "log",
        _ => "progress",
    };

    private static void Write(Utf8JsonWriter writer, JournalLine line)
    {
        writer.WriteStartObject();
        writer.WriteTime("at", line.At);
        writer.WriteString("kind", Kind(line.Kind));
        if (line.Level is { } level)
            writer.WriteString("level", level);
        if (line.Text is { } text)
            writer.WriteString("text", text);
        if (line.Data is { } data)
        {
            writer.WritePropertyName("data");
            writer.WriteRawValue(data, skipInputValidation: true);
        }
        writer.WriteEndObject();
    }
}
