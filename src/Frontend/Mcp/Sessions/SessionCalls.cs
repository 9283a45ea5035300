using System.Collections.Immutable;
using System.Text;
using Actors.Frontend.Draining;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Placement;
using Actors.Frontend.Retries;
using Actors.Jobs;
using Actors.Sessions;
using Actors.Tools;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>
/// The short calls of sessions. The session's grain runs them, so that they go on without this connection and without this process;
/// here they are begun, and what they yield is sent as it comes.
/// </summary>
internal sealed class SessionCalls(SiloTurns turns, Drain drain, RetryPolicy retries, IOptions<McpOptions> options, TimeProvider time)
{
    /// <exception cref="CallCancelledException">The client has cancelled it.</exception>
    /// <exception cref="RefusedException">The session's silo went away with the call.</exception>
    public async ValueTask<PrimitiveOutcome> InvokeAsync(McpRequest request, PrimitiveCall call, CallPlace place)
    {
        request.JobId ??= JobKey.NewId();
        var sessionCall = new SessionCall
        {
            RequestId = request.Id,
            JobId = request.JobId,
            Call = call,
            Silos = InTurn(place.Silos),
            IsRepeatable = place.IsRepeatable,
            WantsNotifications = request.ProgressToken is not null || call.LogLevel is not null,
        };
        var isSecond = false;
        while (true)
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, drain.Ending);
            try
            {
                return await DeliverAsync(request, request.Session!.Grain.CallAsync(request.Caller, sessionCall, ending.Token), ending.Token);
            }
            catch (Exception e) when (Transient.Is(e) && !isSecond && place.IsRepeatable && request.Events is null)
            {
                // The silo of the session's grain went away: the next one takes the session, and the call, up.
                isSecond = true;
            }
            catch (Exception e) when (Transient.Is(e))
            {
                throw Lost(call.Name);
            }
        }
    }

    /// <summary>Takes up the stream of a call that was begun on another connection.</summary>
    /// <exception cref="RefusedException">Nobody knows the stream any more, or its silo goes away meanwhile.</exception>
    /// <exception cref="ConnectionReleasedException">Whether it is still known cannot be found out now.</exception>
    public async ValueTask<(StreamHead Head, PrimitiveOutcome Outcome)> ResumeAsync(McpRequest request, CallStreamId after)
    {
        var head = await FindAsync(request, after) ?? throw Forgotten();
        request.Envelope.Method = head.Call.Method;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, drain.Ending);
        var events = request.Session!.Grain.ResumeAsync(request.Caller, after.Stream, after.Sequence, ending.Token);
        try
        {
            return (head, await DeliverAsync(request, events, ending.Token));
        }
        catch (Exception e) when (Transient.Is(e))
        {
            throw Lost(request.Envelope.Method!);
        }
    }

    private async ValueTask<StreamHead?> FindAsync(McpRequest request, CallStreamId after)
    {
        try
        {
            return await retries.RunAsync(() => request.Session!.Grain.FindStreamAsync(request.Caller, after.Stream), request.Aborted);
        }
        catch (RefusedException)
        {
            // An answer would end the wait for a call that may well go on.
            throw new ConnectionReleasedException();
        }
    }

    private async ValueTask<PrimitiveOutcome> DeliverAsync(
        McpRequest request, IAsyncEnumerable<CallEvent> events, CancellationToken cancellationToken)
    {
        var id = Encoding.UTF8.GetString(request.Id);
        await using var reader = events.GetAsyncEnumerator(cancellationToken);
        try
        {
            while (await NextAsync(request, reader))
            {
                var next = reader.Current;
                request.EventId = new CallStreamId(next.Stream, next.Sequence, id).ToString();
                if (next.IsCancelled)
                    throw new CallCancelledException();
                if (next.Outcome is { } outcome)
                    return outcome;
                if (next.RequestId is { } question)
                    await ServerRequest.SendAsync(request, question, next.Method!, next.Params);
                else if (next.Method is { } method)
                    await Notification.SendAsync(request, method, next.Params);
            }
        }
        catch (OperationCanceledException) when (drain.Ending.IsCancellationRequested && !request.Aborted.IsCancellationRequested)
        {
            // This process is about to end, the call is not: the client comes back for it, to another one.
            throw new ConnectionReleasedException();
        }
        throw Lost(request.Envelope.Method!);
    }

    private async ValueTask<bool> NextAsync(McpRequest request, IAsyncEnumerator<CallEvent> reader)
    {
        var next = reader.MoveNextAsync();
        if (next.IsCompleted)
            return await next;
        var move = next.AsTask();
        if (request.Events is null && request.EventId is not null)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted);
            var first = await Task.WhenAny(move, Task.Delay(options.Value.StreamAfter, time, patience.Token));
            await patience.CancelAsync();
            if (first == move)
                return await move;
            await StreamOpening.SendAsync(request);
        }
        return request.Events is null ? await move : await request.KeptAliveAsync(move);
    }

    private ImmutableArray<SiloAddress> InTurn(ImmutableArray<SiloAddress> silos)
    {
        if (turns.Next(silos) is not { } first)
            return silos;
        var start = silos.IndexOf(first);
        return [.. silos[start..], .. silos[..start]];
    }

    private static RefusedException Forgotten() => new(
        Refusal.Uncertain,
        "The stream is not there any more: the call has ended long ago, or its silo is gone. It may or may not have run; look at what it does before you call it again.");

    private static RefusedException Lost(string name) => new(
        Refusal.Uncertain,
        $"The silo that held the call of '{name}' did not answer any more: the call may or may not have run. Look at what it does before you call it again.");
}
