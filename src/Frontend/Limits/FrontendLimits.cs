using System.ComponentModel.DataAnnotations;

namespace Actors.Frontend.Limits;

/// <summary>What a client may ask of a frontend at once. Section <c>Actors:Limits</c>.</summary>
public sealed class FrontendLimits
{
    /// <summary>Bytes of a request's body; 2 MiB.</summary>
    [Range(1024, 28 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 2 * 1024 * 1024;

    /// <summary>Bytes of <c>params.arguments</c> as JSON; 1 MiB.</summary>
    [Range(2, 28 * 1024 * 1024)]
    public int MaxArgumentsBytes { get; set; } = 1024 * 1024;

    /// <summary>Nesting of a request's JSON; 64.</summary>
    [Range(8, 256)]
    public int MaxJsonDepth { get; set; } = 64;

    /// <summary>Entries of one page of a list; 100.</summary>
    [Range(1, 1000)]
    public int PageSize { get; set; } = 100;

    /// <summary>Bytes of a <c>requestState</c> before it is encoded: what the rounds of one call may gather; 256 KiB.</summary>
    [Range(256, 8 * 1024 * 1024)]
    public int MaxRequestStateBytes { get; set; } = 256 * 1024;

    /// <summary>Task ids, and resource URIs, of one subscriptions/listen; 100 of each.</summary>
    [Range(1, 10_000)]
    public int MaxSubscriptionEntries { get; set; } = 100;

    /// <summary>Streams of subscriptions/listen open at once in this process; 20,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxOpenSubscriptions { get; set; } = 20_000;

    /// <summary>Events that wait for one slow reader of subscriptions/listen before the oldest hints are dropped; 64.</summary>
    [Range(1, 10_000)]
    public int MaxQueuedEvents { get; set; } = 64;

    /// <summary>Bytes of a job's result that one read of <c>job://{id}/result</c> gives; the rest is for further reads; 1 MiB.</summary>
    [Range(1024, 28 * 1024 * 1024)]
    public int MaxResultPieceBytes { get; set; } = 1024 * 1024;

    /// <summary>Requests a second of one caller that this process serves, beyond <see cref="RequestBurst"/>; 0: no limit, the default.</summary>
    [Range(0, 1_000_000)]
    public int RequestsPerSecond { get; set; }

    /// <summary>Requests that a caller may send at once, before <see cref="RequestsPerSecond"/> holds; 200.</summary>
    [Range(1, 1_000_000)]
    public int RequestBurst { get; set; } = 200;

    /// <summary>Callers whose rate this process keeps apart; further ones share one; 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxRateCallers { get; set; } = 10_000;

    /// <summary>How far in the future a call may have its job begin (<c>actors/startAt</c>, <c>actors/delayMs</c>); 90 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan MaxStartDelay { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Jobs of a tenant that its principals may keep with job_pin; 1,000.</summary>
    [Range(0, 1_000_000)]
    public int MaxPinnedJobs { get; set; } = 1000;

    /// <summary>Characters of a result that job_get and job_wait show; 600.</summary>
    [Range(0, 100_000)]
    public int ResultPreviewChars { get; set; } = 600;
}
