using System.Globalization;

namespace Actors.Jobs;

/// <summary>Says who answered a question, for people and models.</summary>
public static class AnswerWords
{
    /// <summary>The protocol's or tool's own word for the way an answer came.</summary>
    public static string Of(AnswerChannel through) => through switch
    {
        AnswerChannel.TaskUpdate => "tasks/update",
        AnswerChannel.Session => "session",
        AnswerChannel.JobRespond => "job_respond",
        AnswerChannel.Call => "call",
        AnswerChannel.Expiry => "expiry",
        _ => "unknown",
    };

    /// <summary>For example <c>by ann (key-1) through job_respond at 2026-07-28T09:30:00Z</c>.</summary>
    public static string Of(AnswerOrigin origin)
    {
        var at = Time(origin.At);
        return origin.Through is AnswerChannel.Expiry
            ? $"by nobody: its time was over at {at}, and it was dismissed"
            : $"by {origin.Subject} ({origin.Client}) through {Of(origin.Through)} at {at}";
    }

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
