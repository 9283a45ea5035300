using Actors.Jobs;
using Actors.Sessions;
using Actors.Tenants;
using Actors.Tools;

namespace Actors.Grains.Sessions;

/// <summary>The session's short calls.</summary>
internal sealed partial class SessionGrain
{
    // Longer than any short call runs; each call that begins or ends says so anew.
    private static readonly TimeSpan WhileCallsRun = TimeSpan.FromHours(1);

    private readonly Dictionary<long, CallStream> _streams = [];
    private readonly Dictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _jobs = new(StringComparer.Ordinal);
    private readonly Queue<string> _jobOrder = [];
    private readonly ClientQuestions _questions = new();
    private long _lastStream;

    public IAsyncEnumerable<CallEvent> CallAsync(Principal caller, SessionCall call, CancellationToken cancellationToken = default)
    {
        if (Find(caller) is null)
            return AsyncEnumerable.Empty<CallEvent>();
        if (_running.Count >= Limits.MaxCalls)
            throw new JobRefusedException(SessionErrors.TooManyCalls(Limits.MaxCalls));
        var stream = new CallStream(NewStream(), new StreamHead(call.RequestId, call.Call, call.JobId), Limits.MaxKeptNotifications);
        _streams.Add(stream.Number, stream);
        _ = RunAsync(call, stream);
        return stream.ReadAsync(-1, cancellationToken);
    }

    public ValueTask<StreamHead?> FindStreamAsync(Principal caller, long stream) =>
        new(Find(caller) is not null && _streams.TryGetValue(stream, out var found) ? found.Head : null);

    public IAsyncEnumerable<CallEvent> ResumeAsync(
        Principal caller, long stream, long after, CancellationToken cancellationToken = default) =>
        Find(caller) is not null && _streams.TryGetValue(stream, out var found)
            ? found.ReadAsync(after, cancellationToken)
            : AsyncEnumerable.Empty<CallEvent>();

    public ValueTask<bool> AnswerAsync(Principal caller, string requestId, ClientAnswer answer) =>
        new(Find(caller) is not null && _questions.Answer(requestId, answer));

    public ValueTask NoteJobAsync(Principal caller, byte[] requestId, string job)
    {
        if (Find(caller) is null)
            return ValueTask.CompletedTask;
        var id = Key(requestId);
        if (!_jobs.ContainsKey(id))
            _jobOrder.Enqueue(id);
        _jobs[id] = job;
        if (_jobOrder.Count > Limits.MaxNotedJobs)
            _jobs.Remove(_jobOrder.Dequeue());
        return ValueTask.CompletedTask;
    }

    public async ValueTask<string?> CancelAsync(Principal caller, byte[] requestId)
    {
        if (Find(caller) is null)
            return null;
        if (_running.TryGetValue(Key(requestId), out var running))
            await running.CancelAsync();
        return _jobs.GetValueOrDefault(Key(requestId));
    }

    private async Task RunAsync(SessionCall call, CallStream stream)
    {
        using var cancellation = new CancellationTokenSource();
        var id = Key(call.RequestId);
        // An id that is in use already is the client's mistake; its cancellation then goes to the later call.
        _running[id] = cancellation;
        DelayDeactivation(WhileCallsRun);
        PrimitiveOutcome? outcome;
        try
        {
            outcome = await new ShortCall(call, stream, _questions, GrainFactory, Limits, time).RunAsync(cancellation.Token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            outcome = null;
        }
        catch (Exception exception)
        {
            // The boundary of a call that nobody awaits: its stream says how it ended.
            LogCallFailed(Tenant, call.Call.Name, exception);
            outcome = PrimitiveOutcome.Failed(SessionErrors.Failed());
        }
        if (_running.TryGetValue(id, out var mine) && mine == cancellation)
            _running.Remove(id);
        stream.End(outcome, time.GetTimestamp());
        ForgetFinished();
        if (_running.Count == 0)
            DelayDeactivation(Limits.KeepFinished);
    }

    // Unique for the session's life: an activation that has lost its memory goes on where no other has been.
    private long NewStream() => _lastStream = Math.Max(_lastStream + 1, time.GetUtcNow().ToUnixTimeMilliseconds() << 8);

    private void ForgetFinished()
    {
        var finished = _streams.Values.Where(stream => stream.EndedAt is not null).OrderBy(stream => stream.EndedAt).ToList();
        var tooMany = finished.Count - Limits.MaxFinished;
        for (var i = 0; i < finished.Count; i++)
        {
            if (i < tooMany || time.GetElapsedTime(finished[i].EndedAt!.Value) > Limits.KeepFinished)
                _streams.Remove(finished[i].Number);
        }
    }

    private void EndStreams()
    {
        foreach (var running in _running.Values)
            running.Cancel();
        _news.Close();
    }

    private static string Key(byte[] requestId) => System.Text.Encoding.UTF8.GetString(requestId);
}
