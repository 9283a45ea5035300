using System.Text.Json;
using Actors.Frontend.Mcp.Responses;
using Actors.Jobs;

namespace Actors.Frontend.JobTools;

/// <summary>Writes where a queued job stands in line, and what holds it back; its status message says the same in words.</summary>
internal static class QueuePlaceJson
{
    /// <summary>The members <c>place</c>, <c>start_at</c> and <c>priority</c>, as far as there is something to say.</summary>
    public static void Write(Utf8JsonWriter writer, JobSnapshot job)
    {
        if (job.Status != JobStatus.Queued)
            return;
        if (job.StartAt is { } start && start > job.CreatedAt)
            writer.WriteTime("start_at", start);
        writer.WriteNumber("priority", job.Priority);
        if (job.Place is { } place)
            Write(writer, place);
    }

    private static void Write(Utf8JsonWriter writer, QueuePlace place)
    {
        writer.WriteStartObject("place");
        writer.WriteNumber("ahead", place.Ahead);
        if (place.IsAtLeast)
            writer.WriteBoolean("at_least", true);
        if (place.Limit is { } limit)
            writer.WriteString("limit", limit);
        if (place.LimitValue is { } value)
            writer.WriteNumber("limit_value", value);
        if (place.LimitCurrent is { } current)
            writer.WriteNumber("limit_current", current);
        if (place.LikelyStart is { } likely)
            writer.WriteTime("likely_start", likely);
        writer.WriteEndObject();
    }
}
