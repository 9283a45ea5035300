using System.Text.Json;
using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Checks;

/// <summary>
/// What is to be called when a job has ended is called as one job, which is told of that job and of its ending; where the job ended in
/// another way than asked for, nothing is.
/// </summary>
internal sealed class Chains : ICheck
{
    public IEnumerable<Violation> Run(Stories stories)
    {
        var run = new LinkRuns(stories.History.Effects);
        return Twice(run, stories).Concat(Strange(run, stories)).Concat(stories.Jobs.Where(job => job.Then is not null).SelectMany(job => Of(job, run, stories)));
    }

    private static IEnumerable<Violation> Of(JobStory job, LinkRuns run, Stories stories)
    {
        // An answer with its ending tells a result from a tool's error.
        if (job.AllSightings.FirstOrDefault(seen => seen.IsTerminal && (seen.Ending is not null || seen.Phase is not JobPhase.Completed)) is not { } ended)
            return [];
        var outcome = ended.Phase is JobPhase.Completed && ended.IsToolError ? "failed" : ended.Phase.ToString().ToLowerInvariant();
        return Follow(job.Handle, outcome, job.Then!.Value, run, stories.History.Final is not null)
            .Select(what => new Violation(Promise.NextCallHappensOnce, job.Handle, what, job.Create.Id, ended.Call));
    }

    /// <summary>One call after the other, as far as they were to be made.</summary>
    private static IEnumerable<string> Follow(string parent, string outcome, JsonElement then, LinkRuns run, bool isOver)
    {
        var token = Answer.Text(Answer.Member(then, "arguments"), "token")!;
        var when = Answer.Text(then, "when");
        var links = run.After(parent, token).ToList();
        if (when != "ended" && when != outcome)
            return links.Count == 0 ? [] : [$"was {outcome}, and followed by what is to follow {when}: {links[0].Job}"];
        if (links.Count == 0)
            return isOver ? [$"was {outcome}, and {parent} was followed by nothing, where {token} is to follow"] : [];
        if (links[0].Note != $"{parent} {outcome}")
            return [$"was {outcome}, and what follows was told \"{links[0].Note}\""];
        if (!run.HasEnded(links[0].Job))
            return isOver ? [$"was followed by {links[0].Job}, which did not come to its end"] : [];
        return Answer.Member(then, "then") is { } next ? Follow(links[0].Job, "completed", next, run, isOver) : [];
    }

    /// <summary>Also after a job that nobody got the handle of.</summary>
    private static IEnumerable<Violation> Twice(LinkRuns run, Stories stories) => run.All
        .GroupBy(link => (Parent: LinkRuns.ParentOf(link), Token: run.TokenOf(link)))
        .Where(same => same.Select(link => link.Job).Distinct().Count() > 1)
        .Select(same => new Violation(
            Promise.NextCallHappensOnce, same.Key.Parent, $"was followed by several jobs: {string.Join(", ", same.Select(link => link.Job).Distinct())}", Asking(same.Key.Token, stories)));

    private static IEnumerable<Violation> Strange(LinkRuns run, Stories stories) => run.All
        .Where(link => TokenText.Owners(run.TokenOf(link)).FirstOrDefault() is not { } owner || owner.Split('/')[0] != link.Tenant
            || (stories.Find(LinkRuns.ParentOf(link)) is { } parent && parent.Owner != owner))
        .Select(link => new Violation(Promise.NobodyElseSeesIt, link.Job, $"follows {link.Note} with {run.TokenOf(link)} as a job of {link.Tenant}", Asking(run.TokenOf(link), stories)));

    private static long[] Asking(string token, Stories stories) =>
        [.. stories.History.Calls.Where(call => call.Then is { } then && then.GetRawText().Contains($"\"{token}\"", StringComparison.Ordinal)).Select(call => call.Id)];

    /// <summary>The effects of the calls that followed something.</summary>
    private sealed class LinkRuns
    {
        private readonly Dictionary<string, string> _tokens;
        private readonly HashSet<string> _ended;
        private readonly ILookup<string, EffectRecord> _byParent;

        public LinkRuns(IReadOnlyList<EffectRecord> effects)
        {
            All = [.. effects.Where(effect => effect.Kind == "link")];
            _tokens = effects.Where(effect => effect.Kind == "start").DistinctBy(effect => effect.Job).ToDictionary(effect => effect.Job, effect => effect.Note);
            _ended = [.. effects.Where(effect => effect is { Kind: "end", Refused: false }).Select(effect => effect.Job)];
            _byParent = All.ToLookup(ParentOf);
        }

        public IReadOnlyList<EffectRecord> All { get; }

        public static string ParentOf(EffectRecord link) => link.Note.Split(' ')[0];

        public string TokenOf(EffectRecord link) => _tokens.GetValueOrDefault(link.Job, "");

        public bool HasEnded(string job) => _ended.Contains(job);

        public IEnumerable<EffectRecord> After(string parent, string token) => _byParent[parent].Where(link => TokenOf(link) == token).DistinctBy(link => link.Job);
    }
}
