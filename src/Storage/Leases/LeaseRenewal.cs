using Actors.Storage.Postgres;
using Actors.Storage.Schema;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Actors.Storage.Leases;

/// <summary>
/// Holds the silo's lease from before anything starts until after everything has stopped, on a thread of its own: a process
/// whose thread pool is exhausted still renews in time. A lease that was lost is acquired again, with a new epoch, so that the silo
/// goes on with new work; where another process has taken the silo's name, this one stops.
/// </summary>
internal sealed partial class LeaseRenewal(
    SiloLease lease,
    SchemaAtStart schema,
    IHostApplicationLifetime application,
    IOptions<StorageOptions> options,
    ILogger<LeaseRenewal> logger) : IHostedLifecycleService, IDisposable
{
    private readonly TimeSpan _pause = options.Value.Lease.RenewEvery;
    private readonly TaskCompletionSource _acquired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _stopping = new();

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await schema.Applied(cancellationToken);
        new Thread(Run) { Name = "lease renewal", IsBackground = true }.Start();
        await _acquired.Task.WaitAsync(cancellationToken);
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        _stopping.Set();
        // Where the start failed before the lease was tried, there is no thread.
        if (_acquired.Task.IsCompleted) await _ended.Task.WaitAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Not of the event: a thread that was not waited for may still look at it.
    public void Dispose() => _stopping.Set();

    private void Run()
    {
        try
        {
            Acquire();
            while (!_stopping.Wait(_pause)) Renew();
            Release();
        }
        catch (Exception exception)
        {
            // Of the first lease; the process does not start.
            _acquired.TrySetException(exception);
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    private void Acquire()
    {
        while (true)
        {
            try
            {
                var held = lease.Acquire();
                LogAcquired(held.Silo, held.Epoch);
                _acquired.SetResult();
                return;
            }
            catch (Exception exception) when (PostgresFaults.Classify(exception) is PostgresFault.Unavailable && !_stopping.Wait(_pause))
            {
                LogFailed(exception, lease.Silo);
            }
        }
    }

    private void Renew()
    {
        try
        {
            if (lease.Renew()) return;

            LogLost(lease.Silo, lease.Epoch);
            if (lease.AcquireAgain() is { } held)
            {
                LogAcquired(held.Silo, held.Epoch);
                return;
            }

            LogReplaced(lease.Silo);
            Environment.ExitCode = 1;
            _stopping.Set();
            // It waits for all that has to stop, this thread included in the end.
            Task.Run(application.StopApplication);
        }
        catch (Exception exception)
        {
            // The loop's boundary: whatever it was, the next round tries again, and the lease's own clock ends it in time.
            LogFailed(exception, lease.Silo);
        }
    }

    private void Release()
    {
        try
        {
            lease.Release();
        }
        catch (NpgsqlException exception)
        {
            LogNotReleased(exception, lease.Silo); // it lapses by itself
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {Silo} holds its lease, epoch {Epoch}")]
    private partial void LogAcquired(string silo, long epoch);

    [LoggerMessage(Level = LogLevel.Error, Message = "Silo {Silo} has lost its lease of epoch {Epoch}: what runs under it stops")]
    private partial void LogLost(string silo, long epoch);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Another process has taken the silo name {Silo}: this one stops. Names must differ")]
    private partial void LogReplaced(string silo);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} could not get or renew its lease; it tries again")]
    private partial void LogFailed(Exception exception, string silo);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} could not release its lease; it lapses by itself")]
    private partial void LogNotReleased(Exception exception, string silo);
}
