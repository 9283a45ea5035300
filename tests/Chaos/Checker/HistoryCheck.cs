using Actors.Chaos.Checker.Checks;
using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker;

/// <summary>Decides from a record alone whether a run kept every promise.</summary>
public static class HistoryCheck
{
    private static readonly ICheck[] Checks =
        [new Endings(), new Order(), new Handles(), new Results(), new Attempts(), new Questions(), new Cancels(), new Isolation(), new Lists(), new Errors(),
         new Keys(), new Schedules(), new RunningLimits(), new KeptSteps(), new Webhooks(),
         new Chains(), new Retries(), new DelayedStarts(), new Refusals()];

    public static IReadOnlyList<Violation> Run(History history)
    {
        var stories = new Stories(history);
        return [.. Checks.SelectMany(check => check.Run(stories))];
    }
}
