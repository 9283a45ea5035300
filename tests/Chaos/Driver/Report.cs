using System.Text.Json;
using System.Text.RegularExpressions;
using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Driver;

/// <summary>What a run was, and what was found, as a table for people.</summary>
internal sealed partial class Report(History history, IReadOnlyList<Violation> violations, TextWriter output)
{
    private const int ShownOfEach = 5;
    private const int ShownChars = 600;

    public void Print()
    {
        PrintFaults();
        PrintCalls();
        PrintEffects();
        PrintCoverage();
        PrintFindings();
    }

    private void PrintFaults()
    {
        output.WriteLine("\nfault                          times   seconds");
        foreach (var kind in history.Faults.GroupBy(fault => fault.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
            output.WriteLine($"{kind.Key,-30} {kind.Count(),5} {kind.Sum(fault => fault.EndMs - fault.StartMs) / 1000,9:0.0}");
        foreach (var fault in history.Faults.Where(fault => fault.Detail is not null))
            output.WriteLine($"  at {fault.StartMs / 1000:0.0} s {fault.Kind} {fault.Target}: {fault.Detail}");
    }

    private void PrintCalls()
    {
        output.WriteLine("\nrequest                      count  answered  refused  not connected  broken  timed out   p50 ms   p99 ms");
        foreach (var kind in history.Calls.GroupBy(call => call.Tool ?? call.Method).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            var answered = kind.Where(call => call.Outcome is Outcome.Answered && !IsRefused(call)).Select(call => call.EndMs - call.StartMs).Order().ToList();
            output.WriteLine(
                $"{kind.Key,-26} {kind.Count(),7} {answered.Count,9} {kind.Count(IsRefused),8} {Count(kind, Outcome.NotConnected),14} {Count(kind, Outcome.Broken),7} "
                + $"{Count(kind, Outcome.TimedOut),10} {Percentile(answered, 0.5),8:0.0} {Percentile(answered, 0.99),8:0.0}");
        }

        var refusals = history.Calls.Where(IsRefused).GroupBy(call => $"{call.Status} {Message(call)}").OrderByDescending(kind => kind.Count());
        foreach (var kind in refusals)
            output.WriteLine($"  {kind.Count(),6} × {kind.Key}");
    }

    private void PrintEffects()
    {
        var attempts = history.Effects.Where(effect => effect.Kind == "start").GroupBy(effect => effect.Job).Select(job => job.Max(effect => effect.Attempt)).ToList();
        output.WriteLine(
            $"\n{attempts.Count} jobs ran, {attempts.Count(attempt => attempt > 1)} of them more than once (at most {attempts.DefaultIfEmpty().Max()} times); "
            + $"{history.Effects.Count} effects, of which the fence refused {history.Effects.Count(effect => effect.Refused)}; "
            + $"{history.Calls.Count} requests, {history.Events.Count} messages on streams, {history.Faults.Count} faults");
    }

    /// <summary>Whether the run met what the promises are about.</summary>
    private void PrintCoverage()
    {
        var keyed = history.Calls.Where(call => call is { Method: "tools/call", Key: not null }).ToList();
        var kept = history.Effects.Where(effect => effect is { Kind: "kept", Refused: false }).GroupBy(effect => (effect.Job, effect.Step)).ToList();
        var responds = history.Calls.Where(call => call.Tool == "job_respond").ToList();
        output.WriteLine(
            $"{keyed.DistinctBy(call => (call.Caller, call.Tool, call.Key)).Count()} keys in {keyed.Count} calls, of which {keyed.Count(Answer.SaysConflict)} were refused as conflicts; "
            + $"{kept.Count} steps kept, {kept.Count(step => step.Select(effect => effect.Attempt).Distinct().Count() > 1)} of them for a later attempt; "
            + $"{responds.Count(Answer.SaysTaken)} answers by job_respond taken, {responds.Count(Answer.SaysClosed)} too late");
        var beats = history.Effects.Where(effect => effect.Kind == "beat").ToList();
        var webhooks = history.Webhooks;
        output.WriteLine(
            $"{beats.Select(beat => beat.Job).Distinct().Count()} jobs under a limit, {beats.Count} beats of which {beats.Count(beat => beat.HeldMs is null)} not as the owner; "
            + $"{webhooks.Count} messages about {webhooks.Select(message => message.Job).Distinct().Count()} jobs to webhooks, {webhooks.Count(message => !message.IsAccepted)} not accepted");
        var links = history.Effects.Where(effect => effect.Kind == "link").Select(effect => effect.Job).Distinct().Count();
        var retried = history.Calls.Select(Answer.Retried).OfType<string>().Distinct().Count();
        output.WriteLine(
            $"{links} calls that follow a job; {retried} jobs tried again by hand; {history.Calls.Where(call => (call.DelayMs ?? call.StartAtMs) is not null).Select(call => call.Token).Distinct().Count()} for later; "
            + $"{history.Calls.Count(Answer.SaysFull)} calls refused because of a limit; {history.Wholes.Count} results of {history.Wholes.Select(whole => whole.Job).Distinct().Count()} jobs read in pieces");
        foreach (var (schedule, report) in history.Schedules.Select(schedule => (schedule, Last(schedule))))
            output.WriteLine($"schedule {schedule.Name} of {schedule.Caller}: {(report is { } runs ? string.Join(", ", runs.EnumerateArray().CountBy(run => Answer.Text(run, "outcome") ?? "").Select(kind => $"{kind.Value} {kind.Key}")) : "no report")}");
    }

    private JsonElement? Last(ScheduleRecord schedule) => history.Calls
        .Where(call => call.Tool == "schedule_get" && call.Token == schedule.Token)
        .Select(call => Answer.Member(Answer.Member(Answer.Result(call), "structuredContent"), "runs"))
        .LastOrDefault(runs => runs is not null);

    private void PrintFindings()
    {
        var calls = violations.Count == 0 ? [] : history.Calls.ToDictionary(call => call.Id);
        foreach (var promise in violations.GroupBy(violation => violation.Promise))
        {
            output.WriteLine($"\n{promise.Key}: broken {promise.Count()} times");
            foreach (var violation in promise.Take(ShownOfEach))
            {
                output.WriteLine($"  {violation.Subject} {violation.What}");
                foreach (var id in violation.Calls)
                    output.WriteLine($"    {Line(calls[id])}");
            }
        }

        output.WriteLine(violations.Count == 0 ? "\nno promise was broken" : $"\n{violations.Count} findings");
    }

    private static string Line(CallRecord call)
    {
        var body = call.Body?.GetRawText() ?? call.Detail ?? "";
        return $"#{call.Id} {call.StartMs:0}..{call.EndMs:0} ms {call.Caller} {call.Method} {call.Tool} via {call.Via}: {call.Outcome} {call.Status} {body[..Math.Min(body.Length, ShownChars)]}";
    }

    private static bool IsRefused(CallRecord call) => call.Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("error", out _);

    private static string Message(CallRecord call)
    {
        var error = call.Body!.Value.GetProperty("error");
        return $"{error.GetProperty("code")} {Handle().Replace(error.GetProperty("message").GetString() ?? "", "…")}";
    }

    [GeneratedRegex("[0-9a-f]{32}|(?<='key-)[0-9]+")]
    private static partial Regex Handle();

    private static int Count(IEnumerable<CallRecord> calls, Outcome outcome) => calls.Count(call => call.Outcome == outcome);

    private static double Percentile(List<double> sorted, double part) => sorted.Count == 0 ? 0 : sorted[(int)((sorted.Count - 1) * part)];
}
