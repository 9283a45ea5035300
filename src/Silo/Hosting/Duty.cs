namespace Actors.Silo.Hosting;

/// <summary>What a silo does again and again, beside its work.</summary>
internal static class Duty
{
    /// <summary>Takes a turn at once and then one each period, never two at a time, until it is cancelled.</summary>
    /// <param name="turn">Finds what is left by a turn that failed.</param>
    /// <param name="every">The period.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logFailed">Told of each turn that failed.</param>
    /// <param name="cancellationToken">Ends it, and the turn that is under way.</param>
    public static async Task RepeatAsync(
        Func<CancellationToken, Task> turn, TimeSpan every, TimeProvider time, Action<Exception> logFailed, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(every, time);
        do
        {
            try
            {
                await turn(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // The boundary of the loop: the database may be away for a moment, and the next turn finds the same to do.
                logFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Takes one look after the other until one finds nothing.</summary>
    public static async Task WhileFoundAsync(Func<CancellationToken, Task<bool>> look, CancellationToken cancellationToken)
    {
        while (await look(cancellationToken))
        {
            // What it found is taken care of.
        }
    }
}
