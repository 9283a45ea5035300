namespace Orleans.Membership;

/// <summary>For a loop that works on the table: it goes on while the table is away, and says so once in a while.</summary>
internal sealed class TableRetry(string verb, TimeSpan maxDelay, MembershipLog log)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);
    private int _failures;

    /// <summary>When to try again; null while all is well.</summary>
    public TimeSpan? Delay { get; private set; }

    public async Task TryAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            if (_failures > 0) log.TableBack(verb);
            _failures = 0;
            Delay = null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever the provider throws, no silo dies because the table is away.
            Delay = Backoff.After(_failures++, maxDelay < LongestDelay ? maxDelay : LongestDelay);
            log.TableAway(exception, verb, Delay.Value);
        }
    }
}
