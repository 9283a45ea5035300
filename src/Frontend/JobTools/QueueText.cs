using System.Globalization;
using System.Text;
using System.Text.Json;
using Actors.Frontend.Mcp.Responses;
using Actors.Jobs;

namespace Actors.Frontend.JobTools;

/// <summary>Where a queued job stands in line, and what holds it back.</summary>
internal static class QueueText
{
    /// <summary>In words; null: it is not queued, or nobody says where it stands.</summary>
    public static string? Of(JobSnapshot job)
    {
        if (job.Status != JobStatus.Queued)
            return null;
        return job.Place is { } place ? Of(place) : job.StatusMessage;
    }

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

    private static string Of(QueuePlace place)
    {
        var text = new StringBuilder();
        var more = place.IsAtLeast ? "at least " : "";
        text.Append(CultureInfo.InvariantCulture, $"Waiting: {more}{place.Ahead} of your jobs {(place.Ahead == 1 && !place.IsAtLeast ? "comes" : "come")} first.");
        if (place.Limit is { } limit)
        {
            text.Append(CultureInfo.InvariantCulture, $" The limit of {limit} holds it back");
            if (place is { LimitValue: { } value, LimitCurrent: { } current })
                text.Append(CultureInfo.InvariantCulture, $" ({current} of {value})");
            text.Append('.');
        }
        if (place.LikelyStart is { } likely)
            text.Append(CultureInfo.InvariantCulture, $" It is likely to start at {likely.UtcDateTime:u}.");
        return text.ToString();
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
