using Actors.Frontend.Authentication;
using Actors.Frontend.Draining;
using Actors.Frontend.Limits;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Resources;
using Actors.Frontend.Mcp.Subscriptions;
using Actors.Frontend.Mcp.Tasks;
using Actors.Frontend.Retries;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>
/// A session's own stream (GET): what the tenant announces, the states of the session's tasks, and their questions where no
/// stream of tasks/result is open for them.
/// </summary>
internal sealed partial class SessionStream(
    TenantFeeds feeds,
    JobHandles jobs,
    JobResourceUpdates updates,
    KeyWatch keyWatch,
    Drain drain,
    IOptions<FrontendLimits> limits,
    IOptions<McpOptions> options,
    IOptions<RetryOptions> retries,
    TimeProvider time,
    ILogger<SessionStream> logger)
{
    private int _open;

    /// <param name="request">The GET.</param>
    /// <param name="since">The last event that the client has of an earlier stream of this session; null: it has none.</param>
    public async ValueTask ServeAsync(McpRequest request, OwnStreamId? since)
    {
        if (Interlocked.Increment(ref _open) > limits.Value.MaxOpenSubscriptions)
        {
            Interlocked.Decrement(ref _open);
            throw new RefusedException(
                Refusal.Unavailable, "This server has as many open streams as it takes (Actors:Limits:MaxOpenSubscriptions). Poll, or try again later.");
        }
        try
        {
            await RunAsync(request, since);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task RunAsync(McpRequest request, OwnStreamId? since)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, drain.Ending);
        var writer = new SessionStreamWriter(request, since, time);
        var listener = new SessionListener(limits.Value.MaxQueuedEvents);
        var feed = feeds.Of(request.Caller.Tenant);
        var key = keyWatch.EndWithKeyAsync(request, ending);
        var following = Task.CompletedTask;
        try
        {
            await feed.AddAsync(listener, ending.Token);
            await writer.OpenAsync();
            following = FollowAsync(request, listener, isResumed: since is not null, ending);
            await writer.PumpAsync(listener, ending.Token);
        }
        catch (OperationCanceledException) when (!request.Aborted.IsCancellationRequested)
        {
            await writer.CloseAsync(options.Value.ComeBackAfter);
        }
        finally
        {
            feed.Remove(listener);
            await ending.CancelAsync();
            await key;
            await following;
        }
    }

    /// <summary>Keeps the listener told of what the session wants to hear, over the death of the silo that holds the session.</summary>
    private async Task FollowAsync(McpRequest request, SessionListener listener, bool isResumed, CancellationTokenSource stream)
    {
        var pauses = new Backoff(retries.Value);
        while (!stream.IsCancellationRequested)
        {
            try
            {
                await foreach (var news in request.Session!.Grain.ListenAsync(request.Caller, stream.Token))
                {
                    pauses = new Backoff(retries.Value);
                    foreach (var job in listener.Take(news))
                        _ = WatchAsync(request, listener, job, stream);
                    foreach (var resource in listener.TakeResources())
                        _ = WatchAsync(request, listener, resource, stream);
                    // What was announced between two streams nobody heard: look again is all that announcements say.
                    if (isResumed)
                        listener.OfferAll();
                    isResumed = false;
                }
                // The session has ended, or another stream has taken this one's place: its client has lost it.
                await stream.CancelAsync();
            }
            catch (Exception e) when (Transient.Is(e) && !stream.IsCancellationRequested)
            {
                await Task.Delay(pauses.Next(), time, stream.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stream.IsCancellationRequested)
            {
                // The stream has ended.
            }
            catch (Exception e)
            {
                // The task's boundary: a stream that hears nothing any more must not stay open.
                LogFailed(request.Caller.Tenant, e);
                await stream.CancelAsync();
            }
        }
    }

    private async Task WatchAsync(McpRequest request, SessionListener listener, string id, CancellationTokenSource stream)
    {
        try
        {
            if (jobs.Find(request.Caller, id) is { } job)
            {
                await foreach (var state in job.WatchAsync(stream.Token))
                    await listener.OfferAsync(state, stream.Token);
            }
            if (stream.IsCancellationRequested)
                return;
            listener.Forget(id);
            await request.Session!.Grain.FollowAsync(request.Caller, id, isWanted: false, stream.Token);
        }
        catch (Exception e) when (stream.IsCancellationRequested || Transient.Is(e))
        {
            // The stream has ended; or the task has, which the next stream finds out.
        }
        catch (Exception e)
        {
            LogFailed(request.Caller.Tenant, e);
            await stream.CancelAsync();
        }
    }

    private async Task WatchAsync(McpRequest request, SessionListener listener, JobUri resource, CancellationTokenSource stream)
    {
        try
        {
            await foreach (var _ in updates.WatchAsync(request.Caller, resource, since: null, stream.Token))
            {
                if (!listener.IsSubscribed(resource.Text))
                {
                    listener.Forget(resource.Text);
                    return;
                }
                await listener.OfferAsync(resource.Text, stream.Token);
            }
        }
        catch (OperationCanceledException) when (stream.IsCancellationRequested)
        {
            // The stream has ended.
        }
        catch (Exception e)
        {
            LogFailed(request.Caller.Tenant, e);
            await stream.CancelAsync();
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The own stream of a session of tenant {Tenant} failed; it is ended")]
    private partial void LogFailed(string tenant, Exception exception);
}
