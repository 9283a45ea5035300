using System.ComponentModel.DataAnnotations;

namespace Actors.Storage.FollowUps;

/// <summary>Messages to webhooks. Section <c>Actors:Webhooks</c>, of silos and frontends.</summary>
public sealed class WebhookOptions
{
    /// <summary>Characters of a webhook's address. Default 2,048.</summary>
    [Range(16, 65_536)]
    public int MaxUrlLength { get; set; } = 2048;

    /// <summary>Whether messages may go without TLS. Default false.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>
    /// Whether messages may go to addresses that are not public: this machine, private networks, a cloud's metadata. Default false. Only for
    /// installations whose callers may reach all of that anyway.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long a receiver has for its answer, finding and connecting to it included. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Messages of one tenant on their way at once from this silo. Default 4.</summary>
    [Range(1, 1000)]
    public int MaxPerTenant { get; set; } = 4;

    /// <summary>Messages on their way at once from this silo. Default 64.</summary>
    [Range(1, 10_000)]
    public int MaxAtOnce { get; set; } = 64;

    /// <summary>Tries before a message is given up. Default 10, which with the delays below takes some 14 hours.</summary>
    [Range(1, 100)]
    public int MaxTries { get; set; } = 10;

    /// <summary>Delay before the second try; each further one is four times as long. A fifth of each is drawn by lot. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>No delay is longer. Default 4 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "7.00:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromHours(4);

    /// <summary>How long after a rotation messages are signed with the old secret too. Default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan RotationOverlap { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Characters of a result in a message. Default 2,000.</summary>
    [Range(0, 100_000)]
    public int ResultPreviewChars { get; set; } = 2000;
}
