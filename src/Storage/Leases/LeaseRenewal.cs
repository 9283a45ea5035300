using Actors.Storage.Schema;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Actors.Storage.Leases;

/// <summary>
/// Holds the silo's lease from before anything starts until after everything has stopped. A lease that was lost is
/// acquired again, with a new epoch, so that the silo goes on with new work; where another process has taken the silo's
/// name, this one stops.
/// </summary>
internal sealed partial class LeaseRenewal(
    SiloLease lease,
    SchemaAtStart schema,
    IHostApplicationLifetime application,
    IOptions<StorageOptions> options,
    TimeProvider time,
    ILogger<LeaseRenewal> logger) : IHostedLifecycleService, IDisposable
{
    private readonly LeaseOptions _options = options.Value.Lease;
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await schema.Applied(cancellationToken);
        var held = await lease.AcquireAsync(cancellationToken);
        LogAcquired(logger, held.Silo, held.Epoch);
        _loop = Task.Run(() => RunAsync(_stopping.Token), CancellationToken.None);
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loop;
        try
        {
            await lease.ReleaseAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            LogNotReleased(logger, exception, lease.Silo); // it lapses by itself
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(_options.RenewEvery, time);
        try
        {
            while (await ticks.WaitForNextTickAsync(cancellationToken)) await RenewAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // told to stop
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        // An answer that comes after the lease has lapsed is of no use; a hung connection must not stop the next try.
        using var patience = new CancellationTokenSource(_options.Duration - _options.StopMargin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            if (await lease.RenewAsync(either.Token)) return;

            LogLost(logger, lease.Silo, lease.Epoch);
            if (await lease.AcquireAgainAsync(either.Token) is { } held)
            {
                LogAcquired(logger, held.Silo, held.Epoch);
                return;
            }

            LogReplaced(logger, lease.Silo);
            await _stopping.CancelAsync();
            application.StopApplication();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The loop's boundary: whatever it was, the next tick tries again, and the lease's own timer ends it in time.
            LogFailed(logger, exception, lease.Silo);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {Silo} holds its lease, epoch {Epoch}")]
    private static partial void LogAcquired(ILogger logger, string silo, long epoch);

    [LoggerMessage(Level = LogLevel.Error, Message = "Silo {Silo} has lost its lease of epoch {Epoch}: what runs under it stops")]
    private static partial void LogLost(ILogger logger, string silo, long epoch);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Another process has taken the silo name {Silo}: this one stops. Names must differ")]
    private static partial void LogReplaced(ILogger logger, string silo);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} could not renew its lease; it tries again")]
    private static partial void LogFailed(ILogger logger, Exception exception, string silo);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} could not release its lease; it lapses by itself")]
    private static partial void LogNotReleased(ILogger logger, Exception exception, string silo);
}
