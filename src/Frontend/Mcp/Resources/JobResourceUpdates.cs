using System.Runtime.CompilerServices;
using Actors.Frontend.Mcp.Tasks;
using Actors.Jobs;
using Actors.Tenants;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Resources;

/// <summary>Says when a job's resource has changed: at a bounded rate, and always once more after its end.</summary>
internal sealed class JobResourceUpdates(JobHandles jobs, IOptions<McpOptions> options, TimeProvider time)
{
    /// <summary>Null: no such job for this caller.</summary>
    public ValueTask<JobSnapshot?> FindAsync(Principal caller, JobUri uri, CancellationToken cancellationToken) =>
        jobs.GetAsync(caller, uri.JobId, cancellationToken);

    /// <summary>
    /// Yields the job after each change of the resource, the latest state where changes come faster than the interval; ends with the job.
    /// </summary>
    /// <param name="caller">Whose job it must be.</param>
    /// <param name="uri">The resource.</param>
    /// <param name="since">The state that the subscriber was promised changes from; null: it is not known, and what the watch begins with counts as one.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public async IAsyncEnumerable<JobSnapshot> WatchAsync(
        Principal caller, JobUri uri, JobSnapshot? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isFirst = true;
        await foreach (var job in jobs.Find(caller, uri.JobId)!.WatchAsync(cancellationToken, withLog: uri.Resource is JobResource.Log))
        {
            if (job.IsTerminal || (uri.Resource is not JobResource.Result && (!isFirst || HasChanged(uri, job, since))))
                yield return job;
            isFirst = false;
            if (!job.IsTerminal && uri.Resource is not JobResource.Result)
                await Task.Delay(options.Value.ResourceUpdateInterval, time, cancellationToken);
        }
    }

    private static bool HasChanged(JobUri uri, JobSnapshot job, JobSnapshot? since) =>
        JobNews.Is(job, since) || (uri.Resource is JobResource.Log && job.LogLines != since!.LogLines);
}
