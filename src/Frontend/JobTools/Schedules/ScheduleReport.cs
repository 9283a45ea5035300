using System.Globalization;
using System.Text.Json;
using Actors.Frontend.Mcp.Responses;
using Actors.Storage.Schedules;

namespace Actors.Frontend.JobTools.Schedules;

/// <summary>Says what a schedule does and when, for a model.</summary>
internal static class ScheduleReport
{
    public static ToolText Of(Schedule schedule, string what) =>
        new($"{what} {Line(schedule)}", writer =>
        {
            writer.WriteStartObject();
            WriteMembers(writer, schedule);
            writer.WriteEndObject();
        });

    public static string Line(Schedule schedule) =>
        $"Schedule '{schedule.Name}' calls {schedule.Tool} at '{schedule.Cron}' ({schedule.TimeZone}); {When(schedule)}."
        + (schedule.Failure is { } failure ? $" The last time failed: {failure}" : "");

    public static void WriteMembers(Utf8JsonWriter writer, Schedule schedule)
    {
        writer.WriteString("name", schedule.Name);
        writer.WriteString("tool", schedule.Tool);
        writer.WriteString("cron", schedule.Cron);
        writer.WriteString("time_zone", schedule.TimeZone);
        writer.WriteString("catch_up", schedule.CatchUp.ToString().ToLowerInvariant());
        writer.WriteBoolean("paused", schedule.IsPaused);
        if (schedule is { IsPaused: false, DueAt: { } due })
            writer.WriteTime("next_at", due);
        if (schedule.Failure is { } failure)
            writer.WriteString("last_failure", failure);
        writer.WriteTime("created_at", schedule.CreatedAt);
    }

    /// <summary>Local time first: it is what people mean.</summary>
    public static string Time(DateTimeOffset time, ScheduleClock clock) =>
        clock.InZone(time).ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    private static string When(Schedule schedule)
    {
        if (schedule.IsPaused)
            return "it is paused";
        return schedule.DueAt is { } due ? $"its next run is due at {Time(due, ScheduleClock.Of(schedule))}" : "it never comes again";
    }
}
