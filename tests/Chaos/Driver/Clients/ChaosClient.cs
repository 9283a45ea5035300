using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Records;
using Actors.Chaos.Driver.Wire;
using Actors.Chaos.Pack;

namespace Actors.Chaos.Driver.Clients;

/// <summary>
/// One agent: it starts jobs, looks at its own and now and then at somebody else's, answers, cancels, lists and listens, each time
/// through any endpoint, with a patience of its own.
/// </summary>
internal sealed class ChaosClient : IDisposable
{
    private const int MostRunningOfCaller = 24;
    private const int MostStreams = 2;
    private const int Retries = 4;
    private static readonly int[] PatienceSeconds = [3, 10, 30];
    private static readonly string[] Whens = ["completed", "failed", "ended"];

    private readonly Caller _caller;
    private readonly JobBoard _board;
    private readonly IReadOnlyList<Endpoint> _endpoints;
    private readonly Random _random;
    private readonly McpWire _wire;
    private readonly TimeSpan _patience;
    private readonly WebhookReceiver _webhooks;
    private readonly RecordWriter _record;
    private readonly HashSet<Task> _streams = [];

    public ChaosClient(
        int number, Caller caller, JobBoard board, IReadOnlyList<Endpoint> endpoints, WebhookReceiver webhooks, int seed, RecordWriter record, RunClock clock)
    {
        (_caller, _board, _endpoints, _webhooks, _record) = (caller, board, endpoints, webhooks, record);
        _random = new Random(HashCode.Combine(seed, number));
        _wire = new McpWire($"client-{number}", caller.Name, caller.Key, record, clock);
        _patience = TimeSpan.FromSeconds(PatienceSeconds[_random.Next(PatienceSeconds.Length)]);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await PauseAsync(_random.Next(300, 3000), cancellationToken);
                await ActAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(_streams);
        }
    }

    public void Dispose() => _wire.Dispose();

    private Task ActAsync(CancellationToken cancellationToken) => _random.Next(100) switch
    {
        < 11 => CreateAsync(cancellationToken),
        < 16 => CreateOnceAsync(cancellationToken),
        < 19 => CallAgainAsync(cancellationToken),
        < 56 => OnOwnAsync(LookAsync, cancellationToken),
        < 64 => OnOwnAsync((job, token) => SendAsync(Request.JobGet(job.Handle), token), cancellationToken),
        < 72 => OnOwnAsync(ListenAsync, cancellationToken),
        < 76 => OnOwnAsync((job, token) => RepeatAsync(Request.Cancel(job.Handle), token), cancellationToken),
        < 82 => SendAsync(Request.JobList(_random.Next(10, 100)), cancellationToken),
        < 88 => ReadAgainAsync(cancellationToken),
        < 91 => RetryAsync(cancellationToken),
        < 95 => EchoAsync(cancellationToken),
        _ => ProbeAsync(cancellationToken),
    };

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        if (_board.Running(_caller.Name) >= MostRunningOfCaller)
            return;
        Keep(await SendAsync(NextCall(), cancellationToken));
    }

    /// <summary>Wants one job of a call, and makes the call several times, until it knows the handle; now and then with another argument.</summary>
    private async Task CreateOnceAsync(CancellationToken cancellationToken)
    {
        if (_board.Running(_caller.Name) >= MostRunningOfCaller)
            return;
        var request = _board.AddKey(_caller.Name, NextCall(), inHeader: _random.Next(2) == 0);
        var mistake = _random.Next(4) == 0 ? request.Altered() : request;
        Request[] copies = [request, .. Enumerable.Range(0, _random.Next(3)).Select(_ => request), .. _random.Next(2) == 0 ? [] : (Request[])[mistake]];
        _random.Shuffle(copies);
        var calls = await Task.WhenAll(copies.Select(copy => SendAsync(copy, cancellationToken)));
        for (var attempt = 0; !calls.Any(Keep) && attempt < Retries; attempt++)
        {
            await PauseAsync(_random.Next(200, 1500), cancellationToken);
            calls = [await SendAsync(request, cancellationToken)];
        }
    }

    /// <summary>One in four wants to be told of the end, one in six has another call follow, one in eight is for later.</summary>
    private Request NextCall()
    {
        var token = NextToken();
        var request = ToolMix.Next(_random, token);
        if (_random.Next(4) == 0)
            request = request with { Webhook = _webhooks.UrlOf(token) };
        if (_random.Next(6) == 0)
            request = request with { Then = NextLink(depth: _random.Next(1, 3)) };
        return _random.Next(16) switch
        {
            0 => request with { DelayMs = _random.Next(500, 15_000) },
            1 => request with { StartAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(_random.Next(500, 15_000)) },
            _ => request,
        };
    }

    private JsonObject NextLink(int depth)
    {
        var link = new JsonObject
        {
            ["tool"] = ChaosLimits.LinkTool,
            ["arguments"] = new JsonObject { ["token"] = NextToken(), ["of"] = "{{jobId}}", ["status"] = "{{status}}", ["delayMs"] = _random.Next(0, 800) },
            ["when"] = Whens[_random.Next(Whens.Length)],
        };
        if (depth > 1)
            link["then"] = NextLink(depth - 1);
        return link;
    }

    /// <summary>Tries a job again by hand that failed or was cancelled, now and then twice at once.</summary>
    private async Task RetryAsync(CancellationToken cancellationToken)
    {
        if (_board.Running(_caller.Name) < MostRunningOfCaller && _board.Own(_caller.Name, static job => job.CanBeRetried, _random) is { } job)
            await Task.WhenAll(Enumerable.Range(0, _random.Next(4) == 0 ? 2 : 1).Select(_ => RetryAsync(job, cancellationToken)));
    }

    private async Task RetryAsync(KnownJob job, CancellationToken cancellationToken)
    {
        var call = await RepeatAsync(Request.Retry(job.Handle), cancellationToken);
        if (Answer.Retried(call) is { } handle)
            _board.Add(job.Again(handle));
    }

    /// <summary>Makes a call again whose job may have ended long ago, or that another client of the same user has made.</summary>
    private async Task CallAgainAsync(CancellationToken cancellationToken)
    {
        if (_board.Keyed(_caller.Name, _random) is { } request)
            Keep(await SendAsync(_random.Next(3) == 0 ? request.Altered() : request, cancellationToken));
    }

    /// <summary>Whether the answer has a handle; it is known to all clients of the caller from now on.</summary>
    private bool Keep(CallRecord call)
    {
        if (Result(call, "taskId") is not { } handle)
            return false;
        _board.Add(new KnownJob(handle, _caller.Name, call.Token!, call.Tool!, call.WantsWebhook == true));
        return true;
    }

    private Task<CallRecord> EchoAsync(CancellationToken cancellationToken)
    {
        var token = NextToken();
        return SendAsync(Request.Create("chaos_echo", token, new() { ["token"] = token }), cancellationToken);
    }

    private async Task LookAsync(KnownJob job, CancellationToken cancellationToken)
    {
        var call = await SendAsync(Request.Get(job.Handle), cancellationToken);
        if (call.Body is { } body && body.TryGetProperty("result", out var task))
            await ReactAsync(job, task, cancellationToken);
    }

    /// <summary>Answers what the job asks, most times; a user may also come back to it later.</summary>
    private async Task ReactAsync(KnownJob job, JsonElement task, CancellationToken cancellationToken)
    {
        if (task.GetProperty("status").GetString() is ("completed" or "failed" or "cancelled") and var status)
            job.End(status);
        else if (task.TryGetProperty("inputRequests", out var questions) && _random.Next(10) < 8)
            await Task.WhenAll(Enumerable.Range(0, _random.Next(4) == 0 ? 2 : 1).Select(_ => RepeatAsync(NextAnswer(job, questions), cancellationToken)));
    }

    /// <summary>An answer of its own, in one of the ways there are.</summary>
    private Request NextAnswer(KnownJob job, JsonElement questions)
    {
        var responses = Responses(job, questions, _random.Next(1_000_000));
        return _random.Next(3) == 0 && responses.Count == 1
            ? Request.Respond(job.Handle, responses.Single().Key, (JsonObject)responses.Single().Value!)
            : Request.Answer(job.Handle, responses);
    }

    public static JsonObject Responses(KnownJob job, JsonElement questions, int variant) => new(questions.EnumerateObject().Select(question =>
        KeyValuePair.Create<string, JsonNode?>(question.Name, new JsonObject
        {
            ["action"] = "accept",
            ["content"] = new JsonObject { ["answer"] = $"{job.Token} says {variant}" },
        })));

    private Task ListenAsync(KnownJob job, CancellationToken cancellationToken)
    {
        _streams.RemoveWhere(stream => stream.IsCompleted);
        if (_streams.Count < MostStreams)
        {
            var duration = TimeSpan.FromSeconds(_random.Next(3, 40));
            _streams.Add(_wire.ListenAsync(Request.Listen(job.Handle), AnyEndpoint(), duration, static _ => { }, cancellationToken));
        }

        return Task.CompletedTask;
    }

    private async Task ReadAgainAsync(CancellationToken cancellationToken)
    {
        if (_random.Next(4) == 0 && _board.Own(_caller.Name, static job => job.HasLargeResult, _random) is { } large)
            await WholeResults.ReadAsync(large, _wire, AnyEndpoint, _patience, _random, _record, cancellationToken);
        else if (_board.Own(_caller.Name, static job => job.HasEnded, _random) is { } job)
            await SendAsync(Request.Get(job.Handle), cancellationToken);
    }

    /// <summary>Tries what must not work: somebody else's job.</summary>
    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        if (_board.Foreign(_caller.Name, _random) is not { } job)
            return;
        await (_random.Next(9) switch
        {
            5 => SendAsync(Request.Retry(job.Handle), cancellationToken),
            6 => SendAsync(Request.ReadPiece(job.Handle, 0, 1_000), cancellationToken),
            0 => SendAsync(Request.Cancel(job.Handle), cancellationToken),
            1 => SendAsync(Request.Answer(job.Handle, new() { ["input-1"] = new JsonObject { ["action"] = "decline" } }), cancellationToken),
            2 => SendAsync(Request.JobGet(job.Handle), cancellationToken),
            4 => SendAsync(Request.Respond(job.Handle, "input-1", new() { ["action"] = "decline" }), cancellationToken),
            3 => _wire.ListenAsync(Request.Listen(job.Handle), AnyEndpoint(), TimeSpan.FromSeconds(2), static _ => { }, cancellationToken),
            _ => SendAsync(Request.Get(job.Handle), cancellationToken),
        });
    }

    private Task OnOwnAsync(Func<KnownJob, CancellationToken, Task> act, CancellationToken cancellationToken) =>
        _board.Own(_caller.Name, static job => !job.HasEnded, _random) is { } job ? act(job, cancellationToken) : Task.CompletedTask;

    /// <summary>A wish that matters is said again, through another endpoint, until somebody acknowledges it.</summary>
    private async Task<CallRecord> RepeatAsync(Request request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var call = await SendAsync(request, cancellationToken);
            if (attempt == Retries || (call.Outcome is Outcome.Answered && call.Status == 200))
                return call;
            await PauseAsync(_random.Next(200, 1500), cancellationToken);
        }
    }

    private Task<CallRecord> SendAsync(Request request, CancellationToken cancellationToken) =>
        _wire.SendAsync(request, AnyEndpoint(), _patience, cancellationToken);

    private Endpoint AnyEndpoint() => _endpoints[_random.Next(_endpoints.Count)];

    private string NextToken() => TokenText.Create(_caller.Name, _board.NextToken());

    private static string? Result(CallRecord call, string member) =>
        call.Body is { } body && body.TryGetProperty("result", out var result) && result.TryGetProperty(member, out var value) ? value.GetString() : null;

    private static Task PauseAsync(int milliseconds, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, cancellationToken);
}
