using System.ComponentModel.DataAnnotations;

namespace Actors.Frontend.Retries;

/// <summary>How a frontend gets over silos and a database that come and go. Section <c>Actors:Retries</c>.</summary>
public sealed class RetryOptions
{
    /// <summary>How long a call that may be repeated is repeated, before its client is told to try again; 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The first pause between two tries, about; it doubles from try to try; 50 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause between two tries; 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(1);
}
