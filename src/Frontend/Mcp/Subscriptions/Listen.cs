using System.Collections.Frozen;
using Actors.Frontend.Authentication;
using Actors.Frontend.Draining;
using Actors.Frontend.Limits;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Resources;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Tasks;
using Actors.Jobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Subscriptions;

/// <summary>
/// <c>subscriptions/listen</c>: an event stream that starts with the acknowledgement, carries what was asked for and
/// accepted, and ends with a response when it is this process that ends it.
/// </summary>
internal sealed partial class Listen(
    TenantFeeds feeds,
    JobHandles jobs,
    JobResourceUpdates updates,
    KeyWatch keyWatch,
    ServerIdentity identity,
    Drain drain,
    IOptions<FrontendLimits> limits,
    ILogger<Listen> logger) : McpMethod
{
    private int _open;

    public override string Name => "subscriptions/listen";

    public override bool IsModern => true;

    public override async ValueTask HandleAsync(McpRequest request)
    {
        SubscriptionFilter filter;
        using (var parameters = ParamsDocument.Open(request))
            filter = SubscriptionFilter.Read(request, parameters.RootElement, limits.Value.MaxSubscriptionEntries);
        if (Interlocked.Increment(ref _open) > limits.Value.MaxOpenSubscriptions)
        {
            Interlocked.Decrement(ref _open);
            throw new RefusedException(
                Refusal.Unavailable, "This server has as many open subscriptions as it takes (Actors:Limits:MaxOpenSubscriptions). Poll, or try again later.");
        }
        try
        {
            await ServeAsync(request, filter);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task ServeAsync(McpRequest request, SubscriptionFilter filter)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, drain.Ending);
        var followed = await FindJobsAsync(request, filter);
        var (resources, others) = await FindResourcesAsync(request, filter);
        filter = filter with { ResourceUris = filter.ResourceUris.Except(others).ToFrozenSet(StringComparer.Ordinal) };
        var subscription = new Subscription(request, filter, limits.Value.MaxQueuedEvents);
        var feed = filter.WantsHints ? feeds.Of(request.Caller.Tenant) : null;
        var key = keyWatch.EndWithKeyAsync(request, ending);
        try
        {
            if (feed is not null)
                await feed.AddAsync(subscription, ending.Token);
            await SubscriptionMessages.AcknowledgeAsync(request, filter, followed.Select(job => job.Id));
            foreach (var (id, job) in followed)
                _ = FollowAsync(subscription.FollowAsync(job, ending.Token), request, id, ending);
            foreach (var (uri, job) in resources)
                _ = FollowAsync(subscription.FollowAsync(uri.Text, updates.WatchAsync(request.Caller, uri, job, ending.Token), ending.Token), request, uri.JobId, ending);
            await subscription.PumpAsync(ending.Token);
        }
        catch (OperationCanceledException) when (!request.Aborted.IsCancellationRequested)
        {
            await SubscriptionMessages.EndAsync(request, identity);
        }
        finally
        {
            feed?.Remove(subscription);
            await ending.CancelAsync();
            await key;
        }
    }

    private async Task<List<(string Id, JobHandle Job)>> FindJobsAsync(McpRequest request, SubscriptionFilter filter)
    {
        var found = new List<(string, JobHandle)>();
        foreach (var id in filter.TaskIds)
        {
            if (jobs.Find(request.Caller, id) is { } job && await job.GetAsync(request.Aborted) is not null)
                found.Add((id, job));
        }
        return found;
    }

    // A job's resource is for its owner: what names somebody else's, or none, is not honoured.
    private async Task<(List<(JobUri Uri, JobSnapshot Job)> Own, List<string> Others)> FindResourcesAsync(McpRequest request, SubscriptionFilter filter)
    {
        var (own, others) = (new List<(JobUri, JobSnapshot)>(), new List<string>());
        foreach (var uri in filter.ResourceUris.Select(JobUri.TryParse).OfType<JobUri>())
        {
            if (await updates.FindAsync(request.Caller, uri, request.Aborted) is { } job)
                own.Add((uri, job));
            else
                others.Add(uri.Text);
        }
        return (own, others);
    }

    private async Task FollowAsync(Task following, McpRequest request, string id, CancellationTokenSource stream)
    {
        try
        {
            await following;
        }
        catch (OperationCanceledException) when (stream.IsCancellationRequested)
        {
            // The stream has ended.
        }
        catch (Exception e)
        {
            // The task's boundary: a stream that does not carry what was acknowledged must not stay open.
            LogFollowFailed(request.Caller.Tenant, id, e);
            await stream.CancelAsync();
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The watch of job {Tenant}/{JobId} failed; its stream is ended")]
    private partial void LogFollowFailed(string tenant, string jobId, Exception exception);
}
