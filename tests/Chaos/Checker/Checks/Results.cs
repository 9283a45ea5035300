using System.Globalization;
using System.Text.RegularExpressions;
using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;
using Actors.Chaos.Pack;

namespace Actors.Chaos.Checker.Checks;

/// <summary>How a job ended is what its tool returned, and nothing but its tool or its owner ended it.</summary>
internal sealed partial class Results : ICheck
{
    public IEnumerable<Violation> Run(Stories stories) => stories.Jobs.SelectMany(Of)
        .Concat(stories.History.Wholes.SelectMany(whole => OfWhole(whole, stories)))
        .Concat(stories.History.Final is null ? [] : Unread(stories));

    /// <summary>The attempt that a result names as its own.</summary>
    public static int? AttemptIn(string? result) => result is not null && Attempt().Match(result) is { Success: true } match
        ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : null;

    private static IEnumerable<Violation> Of(JobStory job)
    {
        // What is seen many times is told once: that it never changes is for another check.
        foreach (var seen in job.AllSightings.Where(seen => seen.IsTerminal).DistinctBy(seen => (seen.Phase, seen.Ending)))
        {
            if (Fault(job, seen) is var (promise, what))
                yield return new(promise, job.Handle, what, job.Create.Id, seen.Call);
        }
    }

    /// <summary>What was read in pieces is the tool's own, and what the result says of itself.</summary>
    private static IEnumerable<Violation> OfWhole(WholeResult whole, Stories stories)
    {
        if (stories.Find(whole.Job) is not { } job)
            yield break;
        if (whole.Text != LongText.Of(ChaosText.Of(job.Token, job.Argument("length") ?? 0)))
            yield return new(Promise.ResultIsTheJobsOwn, job.Handle, $"has, read in pieces, the result of something else: {whole.Text}", [job.Create.Id, .. whole.Calls]);
        if (job.AllSightings.FirstOrDefault(seen => seen.Whole is { } said && said != (whole.Size, whole.Sha256)) is { } other)
            yield return new(Promise.ResultNeverChanges, job.Handle, $"has {whole.Size} bytes with the digest {whole.Sha256}, and says {other.Whole}", [other.Call, .. whole.Calls]);
    }

    private static IEnumerable<Violation> Unread(Stories stories)
    {
        var read = stories.History.Wholes.Select(whole => whole.Job).ToHashSet();
        return stories.Jobs
            .Where(job => !read.Contains(job.Handle) && job.AllSightings.Any(seen => seen.Whole is not null))
            .Select(job => new Violation(Promise.ResultIsTheJobsOwn, job.Handle, "has a result in pieces that could not be read", job.Create.Id));
    }

    private static (Promise, string)? Fault(JobStory job, Sighting seen) => seen.Phase switch
    {
        JobPhase.Cancelled when !job.Cancels.Any(cancel => cancel.Outcome is not Outcome.NotConnected && cancel.StartMs < seen.EndMs) =>
            (Promise.NoFailureWithoutCause, "was cancelled, and nobody had asked for it"),
        JobPhase.Failed when job.Tool != "chaos_fail" || seen.Ending?.Contains($"{job.Token} fails on purpose", StringComparison.Ordinal) == false =>
            (Promise.NoFailureWithoutCause, $"failed: {seen.Ending}"),
        JobPhase.Completed when seen.Ending is not null && job.Tool == "chaos_fail" => (Promise.ResultIsTheJobsOwn, $"should have failed, and completed: {seen.Ending}"),
        JobPhase.Completed when seen.IsToolError => (Promise.NoFailureWithoutCause, $"the tool failed: {seen.ResultText}"),
        JobPhase.Completed when seen.Ending is not null && !IsExpected(job, seen.ResultText ?? "", isWhole: seen.Whole is null) => (Promise.ResultIsTheJobsOwn, $"has the result of something else: {seen.ResultText}"),
        _ => null,
    };

    private static bool IsExpected(JobStory job, string text, bool isWhole) => job.Tool switch
    {
        "chaos_steps" => text.StartsWith($"{job.Token} steps {job.Argument("steps")} attempt ", StringComparison.Ordinal),
        "chaos_stubborn" => text.StartsWith($"{job.Token} stubborn {job.Argument("steps")} attempt ", StringComparison.Ordinal),
        ChaosLimits.ClusterTool or ChaosLimits.TenantTool => text.StartsWith($"{job.Token} beats {job.Argument("beats")} attempt ", StringComparison.Ordinal),
        "chaos_once" => text.StartsWith($"{job.Token} once {Kept(job)} attempt ", StringComparison.Ordinal),
        "chaos_ask" => text.StartsWith($"{job.Token} answers ", StringComparison.Ordinal)
            && text[$"{job.Token} answers ".Length..].Split(" attempt ")[0].Split(',').Length == job.Argument("questions"),
        "chaos_large" => text == LongText.Of(isWhole ? ChaosText.Of(job.Token, job.Argument("length") ?? 0) : ChaosText.Of(job.Token, ChaosLimits.PreviewChars) + "…"),
        _ => false,
    };

    /// <summary>The results of its steps, as its last attempt got them.</summary>
    private static string Kept(JobStory job) => string.Join(
        ',', job.Effects.Where(effect => effect is { Kind: "kept", Refused: false }).GroupBy(effect => effect.Step).OrderBy(step => step.Key).Select(step => step.Last().Note));

    [GeneratedRegex(" attempt ([0-9]+)$")]
    private static partial Regex Attempt();
}
