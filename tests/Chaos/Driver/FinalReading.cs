using System.Text.Json;
using Actors.Chaos.Checker.Records;
using Actors.Chaos.Driver.Clients;
using Actors.Chaos.Driver.Wire;

namespace Actors.Chaos.Driver;

/// <summary>The end of a run, with everything healed: every job is brought to its end, and read through every frontend.</summary>
internal sealed class FinalReading(IReadOnlyList<Endpoint> frontends, IReadOnlyList<Caller> callers, RecordWriter record, RunClock clock) : IDisposable
{
    private const int AtOnce = 24;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndDeadline = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan ToldDeadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ReadDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, McpWire> _wires =
        callers.ToDictionary(caller => caller.Name, caller => new McpWire("final", caller.Name, caller.Key, record, clock));

    public async Task RunAsync(IReadOnlyList<KnownJob> jobs, RecurringWork recurring, FollowingCalls following, WebhookReceiver webhooks, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await EndAllAsync(jobs, parallel);
        await recurring.SettleAsync(cancellationToken);
        await following.SettleAsync(clock, cancellationToken);
        await ToldAsync(jobs, webhooks, cancellationToken);
        record.Add(new FinalRead(clock.NowMs, [.. frontends.Select(frontend => frontend.Name)]));
        await Parallel.ForEachAsync(jobs, parallel, async (job, token) =>
        {
            foreach (var frontend in frontends)
            {
                await ReadAsync(Request.Get(job.Handle), job, frontend, token);
                await ReadAsync(Request.JobGet(job.Handle), job, frontend, token);
            }

            if (job.HasLargeResult)
                await WholeResults.ReadAsync(job, _wires[job.Caller], AnyFrontend, Patience, Random.Shared, record, token);
        });
    }

    public void Dispose()
    {
        foreach (var wire in _wires.Values)
            wire.Dispose();
    }

    /// <summary>Round after round over those that have not ended, answering what they ask.</summary>
    private async Task EndAllAsync(IReadOnlyList<KnownJob> jobs, ParallelOptions parallel)
    {
        var since = clock.NowMs;
        var left = jobs.Where(job => !job.HasEnded).ToList();
        while (left.Count > 0 && clock.NowMs - since < EndDeadline.TotalMilliseconds)
        {
            await Parallel.ForEachAsync(left, parallel, async (job, token) => await LookAsync(job, token));
            left = [.. left.Where(job => !job.HasEnded)];
            await Task.Delay(Between, TimeProvider.System, parallel.CancellationToken);
        }
    }

    /// <summary>Waits for the messages that are still to come.</summary>
    private async Task ToldAsync(IReadOnlyList<KnownJob> jobs, WebhookReceiver webhooks, CancellationToken cancellationToken)
    {
        var since = clock.NowMs;
        while (jobs.Any(job => job is { WantsWebhook: true, HasEnded: true } && !webhooks.HasAccepted(job.Handle)) && clock.NowMs - since < ToldDeadline.TotalMilliseconds)
            await Task.Delay(Between, TimeProvider.System, cancellationToken);
    }

    private async Task LookAsync(KnownJob job, CancellationToken cancellationToken)
    {
        var endpoint = AnyFrontend();
        var call = await _wires[job.Caller].SendAsync(Request.Get(job.Handle), endpoint, Patience, cancellationToken);
        if (call.Body is not { } body || !body.TryGetProperty("result", out var task))
            return;
        if (task.GetProperty("status").GetString() is ("completed" or "failed" or "cancelled") and var status)
            job.End(status);
        else if (task.TryGetProperty("inputRequests", out var questions))
            await AnswerAsync(job, questions, endpoint, cancellationToken);
    }

    private Task<CallRecord> AnswerAsync(KnownJob job, JsonElement questions, Endpoint endpoint, CancellationToken cancellationToken) => _wires[job.Caller].SendAsync(
        Request.Answer(job.Handle, ChaosClient.Responses(job, questions, variant: 0)), endpoint, Patience, cancellationToken);

    private Endpoint AnyFrontend() => frontends[Random.Shared.Next(frontends.Count)];

    private async Task ReadAsync(Request request, KnownJob job, Endpoint frontend, CancellationToken cancellationToken)
    {
        var since = clock.NowMs;
        do
        {
            var call = await _wires[job.Caller].SendAsync(request, frontend, Patience, cancellationToken);
            if (call.Outcome is Outcome.Answered && call.Status == 200)
                return;
            await Task.Delay(Between, TimeProvider.System, cancellationToken);
        }
        while (clock.NowMs - since < ReadDeadline.TotalMilliseconds);
    }
}
