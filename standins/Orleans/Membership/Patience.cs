using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>For a silo that starts: a database that is not there yet is waited for, however long it takes.</summary>
internal static class Patience
{
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(2);

    /// <summary>Until it succeeds; only what the silo itself finds wrong (OrleansException, NotSupportedException) is thrown.</summary>
    public static async Task InsistAsync(string verb, Func<Task> work, TimeProvider time, MembershipLog log, CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception exception) when (exception is not (OrleansException or NotSupportedException) && !cancellationToken.IsCancellationRequested)
            {
                // Whatever the provider throws: a silo that starts has nothing better to do than to try again.
                var delay = Backoff.After(failures, MaxRetryDelay);
                log.TableAway(exception, verb, delay);
                await Task.Delay(delay, time, cancellationToken);
            }
        }
    }
}
