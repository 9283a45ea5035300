using System.Text.Json;
using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Checks;

/// <summary>A question has one key for good, is closed once its answer is acknowledged, and the tool gets that answer in every attempt.</summary>
internal sealed class Questions : ICheck
{
    public IEnumerable<Violation> Run(Stories stories) => stories.Jobs
        .Where(job => job.Tool == "chaos_ask")
        .SelectMany(job => Keys(job).Concat(AskedAgain(job)).Concat(Given(job)));

    private static IEnumerable<Violation> Keys(JobStory job)
    {
        var open = job.AllSightings.SelectMany(seen => seen.Questions.Select(question => (question.Key, Text: question.Value, seen.Call))).ToList();
        foreach (var (text, keys) in open.GroupBy(q => q.Text).Select(same => (same.Key, same.DistinctBy(q => q.Key).ToList())).Where(same => same.Item2.Count > 1))
            yield return new(Promise.AnsweredIsNotAskedAgain, job.Handle, $"\"{text}\" was asked as {keys[0].Key} and as {keys[1].Key}", keys[0].Call, keys[1].Call);
        foreach (var (key, texts) in open.GroupBy(q => q.Key).Select(same => (same.Key, same.DistinctBy(q => q.Text).ToList())).Where(same => same.Item2.Count > 1))
            yield return new(Promise.AnsweredIsNotAskedAgain, job.Handle, $"{key} stood for two questions", texts[0].Call, texts[1].Call);
    }

    private static IEnumerable<Violation> AskedAgain(JobStory job)
    {
        foreach (var answer in job.Answers.Where(Answer.IsAcknowledged))
        {
            var again = job.AllSightings.FirstOrDefault(seen => seen.StartMs > answer.EndMs && Sent(answer).Any(sent => seen.Questions.ContainsKey(sent.Key)));
            if (again is not null)
                yield return new(Promise.AnsweredIsNotAskedAgain, job.Handle, "a question is open whose answer was acknowledged", answer.Id, again.Call);
        }
    }

    private static IEnumerable<Violation> Given(JobStory job)
    {
        var textOf = job.AllSightings.SelectMany(seen => seen.Questions).DistinctBy(question => question.Key).ToDictionary();
        foreach (var effects in job.Effects.Where(effect => effect is { Kind: "answer", Refused: false }).GroupBy(effect => effect.Step))
        {
            var notes = effects.Select(effect => effect.Note).Distinct().ToList();
            if (notes.Count > 1)
                yield return new(Promise.AnswerReachesTheTool, job.Handle, $"question {effects.Key} was answered with \"{notes[0]}\" to one attempt and \"{notes[1]}\" to another", job.Create.Id);
            var keys = textOf.Where(question => question.Value.EndsWith($" question {effects.Key}", StringComparison.Ordinal)).Select(question => question.Key).ToList();
            foreach (var violation in Taken(job, keys, notes))
                yield return violation;
            var possible = Possible(job, keys);
            if (!notes.TrueForAll(possible.Contains))
                yield return new(Promise.AnswerReachesTheTool, job.Handle, $"the tool got \"{notes[0]}\" for question {effects.Key}; what could stand is \"{string.Join("\", \"", possible)}\"", job.Create.Id);
        }
    }

    /// <summary>Who is told that its answer is taken is the only one, and it is.</summary>
    private static IEnumerable<Violation> Taken(JobStory job, List<string> keys, List<string> notes)
    {
        var taken = job.Answers.Where(call => Answer.SaysTaken(call) && Sent(call).Any(answer => keys.Contains(answer.Key))).ToList();
        if (taken.Count > 1)
            yield return new(Promise.AnswerReachesTheTool, job.Handle, $"{taken.Count} answers to one question were each said to be taken", [.. taken.Select(call => call.Id)]);
        else if (taken.Count == 1 && !notes.Contains(Sent(taken[0]).First(answer => keys.Contains(answer.Key)).Value))
            yield return new(Promise.AnswerReachesTheTool, job.Handle, $"the tool got \"{notes[0]}\", and another answer was said to be taken", taken[0].Id);
    }

    /// <summary>The answers that may have been the first to arrive: none that was sent after another was acknowledged.</summary>
    private static HashSet<string> Possible(JobStory job, List<string> keys)
    {
        var sent = job.Answers.Where(call => Sent(call).Any(answer => keys.Contains(answer.Key))).ToList();
        var closed = sent.Where(Answer.IsAcknowledged).Select(call => call.EndMs).DefaultIfEmpty(double.MaxValue).Min();
        return [.. sent.Where(call => call.StartMs <= closed).SelectMany(Sent).Where(answer => keys.Contains(answer.Key)).Select(answer => answer.Value)];
    }

    private static IEnumerable<KeyValuePair<string, string>> Sent(CallRecord call) => call.Sent is { ValueKind: JsonValueKind.Object } responses
        ? responses.EnumerateObject().Select(response =>
            KeyValuePair.Create(response.Name, Answer.Text(Answer.Member(response.Value, "content"), "answer") ?? Answer.Text(response.Value, "action") ?? ""))
        : [];
}
