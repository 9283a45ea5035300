using Orleans.Runtime;

namespace Actors.Jobs;

/// <summary>
/// Says of the call that is about to be made that its job's key was drawn for it: the row cannot exist yet, and activation
/// need not look for it. It travels in the RequestContext of that one call. Only a hint: where the row does exist, the
/// insert is refused like any other lost compare-and-set.
/// </summary>
public static class FreshJob
{
    private const string Name = "actors.fresh-job";

    /// <summary>Whether the call that is being served is the first that its job's key appears in.</summary>
    public static bool IsMarked => RequestContext.Get(Name) is true;

    /// <summary>Creates the job with a call that is marked; the caller's later calls are not.</summary>
    public static Task<JobSnapshot> CreateAsync(IJobGrain job, JobRequest request, CancellationToken cancellationToken)
    {
        RequestContext.Set(Name, true);
        try
        {
            return job.CreateAsync(request, cancellationToken);
        }
        finally
        {
            Unmark();
        }
    }

    /// <summary>In the grain, before it calls or starts anything that might activate it again.</summary>
    public static void Unmark() => RequestContext.Remove(Name);
}
