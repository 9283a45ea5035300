using Actors.Jobs;

namespace Actors.Storage.Jobs;

/// <summary>A way to find a page.</summary>
/// <param name="Source">Which jobs are looked at.</param>
/// <param name="Most">How many at most, where not all of them are wanted. The page may then be a part of what there is.</param>
internal readonly record struct JobListWalk(JobListSource Source, int Most)
{
    /// <summary>How many are looked at before another way is tried that finds what is rare.</summary>
    private const int MostAtFirst = 500;

    /// <summary>The ways to find what a filter asks for, which are to be tried until one comes to an end.</summary>
    public static JobListWalk[] Of(JobFilter filter, int most)
    {
        var first = new JobListWalk(filter.Label is null ? JobListSource.Owner : JobListSource.Label, most);
        JobListSource? rare = filter.Status switch
        {
            JobStatus.Queued or JobStatus.Running => JobListSource.Live,
            JobStatus.InputRequired or JobStatus.Failed or JobStatus.Cancelled => JobListSource.State,
            _ => null,
        };
        if (rare is not { } source) return [first];

        var second = new JobListWalk(source, most);
        // Most of what is live is new; what is in one of the other states is found at once.
        return first.Source is JobListSource.Owner && source is JobListSource.State ? [second] : [first with { Most = Math.Min(MostAtFirst, most) }, second];
    }
}
