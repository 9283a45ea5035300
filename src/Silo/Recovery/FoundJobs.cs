using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Tools;
using Orleans;
using Orleans.Runtime;

namespace Actors.Silo.Recovery;

/// <summary>Calls the grains of jobs that a look has found. One that is not active becomes so here.</summary>
internal sealed class FoundJobs(ILocalSiloDetails silo, IGrainFactory grains)
{
    /// <param name="jobs">What was found.</param>
    /// <param name="parallelism">How many are called at a time.</param>
    /// <param name="call">The call.</param>
    /// <param name="failed">Told of each call that failed: one job's trouble is not another's, and the next look finds it again.</param>
    /// <param name="cancellationToken">Ends it between calls.</param>
    /// <returns>How many calls succeeded.</returns>
    public async Task<int> CallAsync(
        IEnumerable<JobKey> jobs,
        int parallelism,
        Func<IJobAttemptGrain, Task> call,
        Action<JobKey, Exception> failed,
        CancellationToken cancellationToken)
    {
        var done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(jobs, parallel, async (job, _) =>
        {
            try
            {
                await PlacementHint.At(silo.SiloAddress, () => call(grains.GetGrain<IJobAttemptGrain>(job.ToString())));
                Interlocked.Increment(ref done);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failed(job, exception);
            }
        });
        return done;
    }

    /// <summary>Whether the job's grain is somewhere else, or its silo is alive after all: nothing is wrong with it.</summary>
    public static bool IsElsewhere(Exception exception) => exception is WrongSiloException or OrleansMessageRejectionException;
}
