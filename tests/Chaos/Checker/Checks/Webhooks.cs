using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Checks;

/// <summary>
/// The end of a job whose caller asked for it is told to the webhook at least once: signed, under one id however often, and as the job
/// ended. Nothing else is told.
/// </summary>
internal sealed class Webhooks : ICheck
{
    public IEnumerable<Violation> Run(Stories stories)
    {
        var messages = stories.History.Webhooks.ToLookup(message => message.Token);
        var wanted = stories.Jobs.Where(job => job.WantsWebhook).ToLookup(job => job.Token);
        var ids = stories.History.Webhooks.Where(message => message.Id is not null).GroupBy(message => message.Id!)
            .Where(same => same.Select(message => message.Job).Distinct().Count() > 1);
        return stories.Jobs.Where(job => job.WantsWebhook)
            .SelectMany(job => Of(job, [.. messages[job.Token].Where(message => message.Job == job.Handle)], stories.History.Final is not null))
            .Concat(stories.History.Webhooks.Select(message => Strange(message, wanted[message.Token].Select(job => job.Handle), stories)).OfType<Violation>())
            .Concat(ids.Select(same => new Violation(
                Promise.WebhookArrives, same.First().Job ?? same.Key, $"the id {same.Key} stands for messages about two jobs", [.. same.SelectMany(message => Asking(message, stories)).Distinct()])));
    }

    private static IEnumerable<Violation> Of(JobStory job, List<WebhookRecord> messages, bool isOver)
    {
        var ended = job.AllSightings.FirstOrDefault(seen => seen.IsTerminal);
        if (isOver && ended is not null && !messages.Exists(message => message is { IsAccepted: true, IsSigned: true }))
            yield return Broken(job, $"ended, and of {messages.Count} messages to its webhook none was accepted");
        if (messages.Select(message => message.Id).Distinct().Count() > 1)
            yield return Broken(job, $"was told under the ids {string.Join(", ", messages.Select(message => message.Id).Distinct())}");
        if (messages.Find(message => ended is not null && message.Status != Word(ended.Phase)) is { } other)
            yield return Broken(job, $"ended as {ended!.Phase}, and its webhook was told {other.Status}");
    }

    private static Violation? Strange(WebhookRecord message, IEnumerable<string> handles, Stories stories)
    {
        var what = !message.IsSigned ? "is not signed as it must be"
            // A call whose answer was lost may have made the job.
            : !handles.Contains(message.Job) && stories.Find(message.Job ?? "") is not null ? "is about another job"
            : null;
        return what is null ? null : new(Promise.WebhookArrives, message.Job ?? "", $"the message {message.Id} to the webhook of {message.Token} {what}", Asking(message, stories));
    }

    private static long[] Asking(WebhookRecord message, Stories stories) =>
        [.. stories.History.Calls.Where(call => call.Token == message.Token && call.WantsWebhook == true).Select(call => call.Id)];

    private static string Word(JobPhase phase) => phase.ToString().ToLowerInvariant();

    private static Violation Broken(JobStory job, string what) => new(Promise.WebhookArrives, job.Handle, what, job.Create.Id);
}
