using System.Globalization;
using System.Text;
using Actors.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>Says of a queued job where it stands, and how long a client may leave between polls.</summary>
internal static class PlaceText
{
    private const int LongestPollMs = 30_000;

    /// <summary>So many polls are enough until the likely start.</summary>
    private const int PollsUntilStart = 4;

    public static JobSnapshot Put(JobSnapshot job, QueuePlace place, int pollIntervalMs, DateTimeOffset now) => job with
    {
        Place = place,
        // One that waits to be tried again says why, and until when.
        StatusMessage = job.Attempt > 0 && job.StartAt > now ? job.StatusMessage : Sentence(job, place, now),
        PollIntervalMs = PollInterval(place, pollIntervalMs, now),
    };

    private static int PollInterval(QueuePlace place, int shortestMs, DateTimeOffset now)
    {
        // Where nobody knows, each job that comes first is good for a tenth of a second.
        var expectedMs = place.LikelyStart is { } start ? (start - now).TotalMilliseconds : place.Ahead * 100.0;
        return (int)Math.Clamp(expectedMs / PollsUntilStart, Math.Min(shortestMs, LongestPollMs), Math.Max(shortestMs, LongestPollMs));
    }

    private static string Sentence(JobSnapshot job, QueuePlace place, DateTimeOffset now)
    {
        var text = new StringBuilder();
        if (job.StartAt > now)
        {
            text.Append(CultureInfo.InvariantCulture, $"To start at {job.StartAt.Value.UtcDateTime:u}");
        }
        else
        {
            text.Append(place switch
            {
                { Ahead: 0 } => "Next of your jobs",
                { Ahead: 1, IsAtLeast: false } => "1 job of yours is ahead",
                _ => string.Create(CultureInfo.InvariantCulture, $"{(place.IsAtLeast ? "More than " : "")}{place.Ahead} jobs of yours are ahead"),
            });
        }

        if (place.Limit is { } limit)
        {
            text.Append(CultureInfo.InvariantCulture, $"; held back by the limit of {place.LimitValue} {limit}");
        }

        if (job.StartAt <= now && place.LikelyStart is { } likely)
        {
            text.Append(CultureInfo.InvariantCulture, $"; likely to start in about {Math.Max(1, Math.Round((likely - now).TotalSeconds)):0} s");
        }

        return text.Append('.').ToString();
    }
}
