using System.ComponentModel.DataAnnotations;

namespace Actors.Grains.Sessions;

/// <summary>What a session may hold, and for how long. Section <c>Actors:Sessions</c>.</summary>
public sealed class SessionLimits
{
    /// <summary>A session that nobody has used for that long is ended; its jobs are not. 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How far what is stored of a session's last use may lag behind, as a part of <see cref="IdleTimeout"/>; an eighth.</summary>
    [Range(0.001, 0.5)]
    public double LastSeenAccuracy { get; set; } = 0.125;

    /// <summary>Short calls of one session at once; 64.</summary>
    [Range(1, 10_000)]
    public int MaxCalls { get; set; } = 64;

    /// <summary>How long what a finished call yielded is kept for a client that comes back; 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan KeepFinished { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Finished calls of one session that are kept; the oldest go first. 64.</summary>
    [Range(1, 10_000)]
    public int MaxFinished { get; set; } = 64;

    /// <summary>Notifications of one call that are kept; the oldest go first. 256.</summary>
    [Range(1, 100_000)]
    public int MaxKeptNotifications { get; set; } = 256;

    /// <summary>How long a short call waits for the answer to a question; 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often one short call may ask; 32.</summary>
    [Range(1, 1000)]
    public int MaxRounds { get; set; } = 32;

    /// <summary>Bytes of an answer; 1 MiB.</summary>
    [Range(1024, 28 * 1024 * 1024)]
    public int MaxAnswerBytes { get; set; } = 1024 * 1024;

    /// <summary>Resources that one session is subscribed to; 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxSubscriptions { get; set; } = 1000;

    /// <summary>Characters of a subscribed resource's URI; 2,048.</summary>
    [Range(1, 65_536)]
    public int MaxUriLength { get; set; } = 2048;

    /// <summary>Tasks that one session's own stream tells of; the oldest go first. 256.</summary>
    [Range(1, 10_000)]
    public int MaxFollowedTasks { get; set; } = 256;

    /// <summary>Requests of one session that are remembered as jobs, for their cancellation; the oldest go first. 256.</summary>
    [Range(1, 100_000)]
    public int MaxNotedJobs { get; set; } = 256;
}
