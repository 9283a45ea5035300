using Actors.Jobs;
using Actors.Storage.Leases;
using Actors.Storage.Silos;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Actors.Silo.Attempts;

/// <summary>
/// Lets go of the silo's jobs before it stops: attempts that may run again are handed over at once; attempts that may not get most of the
/// drain time to end by themselves. What is left is cut off, and recovered as after a crash. Jobs that wait do so in the database.
/// </summary>
internal sealed partial class AttemptDrain(
    AttemptRunner runner,
    SiloTable silos,
    SiloLease lease,
    IOptions<AttemptOptions> options,
    TimeProvider time,
    ILogger<AttemptDrain> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        runner.Close();
        await SayAsync(cancellationToken);
        await EndAttemptsAsync(options.Value.DrainTimeout, cancellationToken);
    }

    private async Task EndAttemptsAsync(TimeSpan total, CancellationToken cancellationToken)
    {
        var attempts = runner.Running;
        if (attempts.Count == 0)
        {
            return;
        }

        LogDraining(attempts.Count);
        HandOver(attempts.Where(MayRunAgain));
        if (!await EndedWithinAsync(total * 0.8, cancellationToken))
        {
            HandOver(runner.Running);
            await EndedWithinAsync(total * 0.2, cancellationToken);
        }

        LogDrained(runner.Running.Count);
        runner.AbandonAll();
    }

    /// <summary>Tells the others, who then neither send work here nor count this silo's share of recovery.</summary>
    private async Task SayAsync(CancellationToken cancellationToken)
    {
        try
        {
            await silos.DrainAsync(lease.Silo, lease.Epoch, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            // The others find out by themselves, a little later.
            LogNotSaid(exception);
        }
    }

    // A hand-over uses up no attempt: even the last one goes on elsewhere.
    private static bool MayRunAgain(RunningAttempt attempt) => attempt.Attempt.Terms.AfterCrash is AfterCrash.Resume;

    private static void HandOver(IEnumerable<RunningAttempt> attempts)
    {
        foreach (var attempt in attempts)
        {
            attempt.Stop(StopReason.HandedOver);
        }
    }

    private async Task<bool> EndedWithinAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await runner.WhenEndedAsync().WaitAsync(limit, time, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database does not know yet that this silo is stopping.")]
    private partial void LogNotSaid(Exception exception);

    [LoggerMessage(LogLevel.Information, "Letting go of {Count} attempts.")]
    private partial void LogDraining(int count);

    [LoggerMessage(LogLevel.Information, "Drained; {Count} attempts did not end and are cut off.")]
    private partial void LogDrained(int count);
}
