using Actors.Storage.Jobs;
using Orleans;

namespace Actors.Grains.Jobs;

/// <summary>
/// The side of a job's grain that its own attempt and the silos talk to. Every call of an attempt carries its number; one
/// that is not the job's current attempt gets a <see cref="StaleAttemptException"/>, and must stop.
/// </summary>
[Alias("actors.job-attempt")]
public interface IJobAttemptGrain : IGrainWithStringKey
{
    /// <summary>Progress and log lines since the last report.</summary>
    [Alias("report")]
    Task ReportAsync(int attempt, AttemptReport report);

    /// <summary>Durable when it returns.</summary>
    /// <exception cref="InvalidOperationException">Over <see cref="JobLimits.MaxCheckpointBytes"/>.</exception>
    [Alias("checkpoint")]
    Task SaveCheckpointAsync(int attempt, byte[] checkpoint);

    /// <summary>Stores what a step came to, with the row and under the same lease; durable when it returns.</summary>
    [Alias("step")]
    Task SaveStepAsync(int attempt, StepResult step);

    /// <summary>Asks the client; the question is durable when it returns. An open one is answered through <see cref="IRunningAttempt"/>.</summary>
    /// <exception cref="InvalidOperationException">Too large, or too many.</exception>
    [Alias("ask")]
    Task<InputTicket> AskAsync(int attempt, InputQuestion question);

    /// <summary>
    /// The attempt does nothing but wait for answers. True: it was let go of, and the job goes on with another one when they have come.
    /// </summary>
    [Alias("park")]
    Task<bool> ParkAsync(int attempt);

    /// <summary>The attempt has ended; durable when it returns.</summary>
    [Alias("finish")]
    Task FinishAsync(int attempt, AttemptEnd end);

    /// <summary>The silo lets go of the attempt without an end (drain, lost lease): the job is left to recovery.</summary>
    [Alias("release")]
    Task ReleaseAsync(int attempt);

    /// <summary>The job was claimed by the silo that calls, which holds a slot for it. Nothing happens where it no longer is.</summary>
    /// <exception cref="Actors.Tools.WrongSiloException">The grain is on another silo; it leaves that silo.</exception>
    [Alias("start-queued")]
    Task StartQueuedAsync();

    /// <summary>The silo that owned this job is gone, says the table of leases.</summary>
    /// <exception cref="Actors.Tools.WrongSiloException">The grain is on a silo that cannot run it; it leaves that silo.</exception>
    /// <exception cref="global::Orleans.Runtime.SiloUnavailableException">Its silo lives.</exception>
    [Alias("recover")]
    Task RecoverAsync();

    /// <summary>The time of an open question is over, if it still is open: the job goes on, or ends, as its tool declares.</summary>
    [Alias("expire-input")]
    Task ExpireInputAsync();

    /// <summary>The job waits in line, and its total time is over: it fails, if that still is so.</summary>
    /// <exception cref="Actors.Tools.WrongSiloException">The grain is on a silo that does not know the tool's terms; it leaves that silo.</exception>
    [Alias("expire-total-time")]
    Task ExpireTotalTimeAsync();

    /// <summary>No silo has had the job's tool for too long: the job fails.</summary>
    [Alias("give-up")]
    Task GiveUpAsync();
}
