using System.Globalization;
using Actors.Jobs;

namespace Actors.Silo.Packs;

/// <summary>Finds what is out of range in a <see cref="JobAttribute"/>.</summary>
internal static class TermsCheck
{
    /// <summary>A month: as much as a timer can count.</summary>
    private const int MaxSeconds = 30 * 24 * 3600;

    private const int MaxDelayMs = 24 * 3600 * 1000;

    /// <returns>A sentence on the first fault, or null.</returns>
    public static string? Fault(JobAttribute job) =>
        Range(nameof(job.MaxAttempts), job.MaxAttempts, 1, 1_000_000)
        ?? Range(nameof(job.FirstRetryDelayMs), job.FirstRetryDelayMs, 0, MaxDelayMs)
        ?? Range(nameof(job.MaxRetryDelayMs), job.MaxRetryDelayMs, 0, MaxDelayMs)
        ?? (job.RetryBackoff is >= 1 and <= 1000 ? null : Outside(nameof(job.RetryBackoff), job.RetryBackoff, 1, 1000))
        ?? Range(nameof(job.TimeoutSeconds), job.TimeoutSeconds, 0, MaxSeconds)
        ?? Range(nameof(job.TotalTimeoutSeconds), job.TotalTimeoutSeconds, 0, MaxSeconds)
        ?? Range(nameof(job.HeartbeatSeconds), job.HeartbeatSeconds, 0, MaxSeconds)
        ?? Range(nameof(job.CancelGraceSeconds), job.CancelGraceSeconds, 0, MaxSeconds)
        ?? Range(nameof(job.InputTimeoutSeconds), job.InputTimeoutSeconds, 0, int.MaxValue)
        ?? Range(nameof(job.MaxRunning), job.MaxRunning, 0, int.MaxValue)
        ?? Range(nameof(job.MaxRunningPerTenant), job.MaxRunningPerTenant, 0, int.MaxValue)
        ?? Range(nameof(job.DeduplicateSeconds), job.DeduplicateSeconds, 0, int.MaxValue)
        ?? Range(nameof(job.TtlSeconds), job.TtlSeconds, 1, int.MaxValue)
        ?? Range(nameof(job.ReleaseConnectionAfterMs), job.ReleaseConnectionAfterMs, 0, int.MaxValue)
        ?? Range(nameof(job.PollIntervalMs), job.PollIntervalMs, 1, int.MaxValue)
        ?? Types(job)
        ?? Deduplication(job);

    private static string? Range(string name, int value, int min, int max) =>
        value >= min && value <= max ? null : Outside(name, value, min, max);

    private static string Outside(string name, double value, double min, double max) => string.Create(
        CultureInfo.InvariantCulture, $"{name} is {value}; it must be from {min} to {max}.");

    private static string? Types(JobAttribute job) =>
        job.RetryOn.FirstOrDefault(type => !typeof(Exception).IsAssignableFrom(type)) is { } other
            ? $"{nameof(job.RetryOn)} names {other}, which is no exception."
            : null;

    // Until it asks to become a job such a call is an ordinary one, and there is nothing that the next could join.
    private static string? Deduplication(JobAttribute job) =>
        job is { DeduplicateSeconds: > 0, Start: JobStart.OnDemand }
            ? $"{nameof(job.DeduplicateSeconds)} is for tools whose every call is a job; this one has {nameof(job.Start)} = {nameof(JobStart)}.{nameof(JobStart.OnDemand)}."
            : null;
}
