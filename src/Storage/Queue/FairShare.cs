namespace Actors.Storage.Queue;

/// <summary>
/// Decides who starts next. First the tenant with the fewest running jobs for its weight; among equals the one whose turn it is, by
/// stride scheduling, so that jobs too short to be counted are shared out fairly too. Then the same among the tenant's principals,
/// who all weigh the same; then the higher priority, then the earlier start. No limit is exceeded.
/// </summary>
public static class FairShare
{
    /// <param name="view">What waits, what runs, and what may.</param>
    /// <param name="slots">The most jobs to start.</param>
    public static ClaimDecision Decide(QueueView view, int slots)
    {
        var shares = new FairShares(view);
        var picks = new Dictionary<LaneKey, int>();
        var starts = new Dictionary<PrincipalKey, int>();
        for (var left = slots; left > 0 && shares.TakeNext() is { } lane; left--)
        {
            Count(picks, lane);
            Count(starts, lane.Principal);
            Count(starts, PrincipalKey.OfTenant(lane.Tenant));
            starts[PrincipalKey.Everybody] = slots - left + 1;
        }

        return new ClaimDecision
        {
            Picks = picks,
            Turns = shares.Moved,
            Starts = starts,
            LeftForSlots = shares.HasMore,
            LeftForLimits = shares.IsLimited,
        };
    }

    private static void Count<T>(Dictionary<T, int> counts, T key)
        where T : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}
