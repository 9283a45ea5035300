using System.Globalization;
using Actors.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>Says of a job in line why it is there again, and until when.</summary>
internal static class RetrySentence
{
    /// <returns>Null: its last attempt did not fail.</returns>
    public static string? Of(AttemptRecord last, DateTimeOffset runAt)
    {
        var which = string.Create(CultureInfo.InvariantCulture, $"Attempt {last.Used} of {last.Limit}");
        return last.Outcome switch
        {
            AttemptOutcome.Failed or AttemptOutcome.TimedOut or AttemptOutcome.HeartbeatMissed =>
                $"{which} failed: {last.Error?.TrimEnd('.', ' ')}; the next starts at {Time(runAt)}.",
            AttemptOutcome.Crashed when runAt > last.EndedAt => $"{which} was interrupted, and so was the one before; the next starts at {Time(runAt)}.",
            AttemptOutcome.Crashed => $"{which} was interrupted; the next starts as soon as a slot is free.",
            _ => null,
        };
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
