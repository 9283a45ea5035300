using Actors.Frontend.Authentication;
using Actors.Frontend.Limits;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Tasks;
using Actors.Jobs;
using Microsoft.Extensions.Hosting;
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
    KeyWatch keyWatch,
    ServerIdentity identity,
    IHostApplicationLifetime lifetime,
    IOptions<FrontendLimits> limits,
    TimeProvider time,
    ILogger<Listen> logger) : McpMethod
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private int _open;

    public override string Name => "subscriptions/listen";

    public override async ValueTask HandleAsync(McpRequest request)
    {
        SubscriptionFilter filter;
        using (var parameters = ParamsDocument.Open(request))
            filter = SubscriptionFilter.Read(request, parameters.RootElement, limits.Value.MaxSubscriptionEntries);
        if (Interlocked.Increment(ref _open) > limits.Value.MaxOpenSubscriptions)
        {
            Interlocked.Decrement(ref _open);
            throw new RefusedException(
                Refusal.NotReady, "This server has as many open subscriptions as it takes (Actors:Limits:MaxOpenSubscriptions). Poll, or try again later.");
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
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, lifetime.ApplicationStopping);
        var followed = await FindJobsAsync(request, filter);
        var subscription = new Subscription(request, filter, limits.Value.MaxQueuedEvents);
        var feed = filter.WantsHints ? feeds.Of(request.Caller.Tenant) : null;
        feed?.Add(subscription);
        var key = keyWatch.EndWithKeyAsync(request, ending);
        try
        {
            await SubscriptionMessages.AcknowledgeAsync(request, filter, followed.Select(job => job.Id));
            foreach (var (id, job) in followed)
                _ = FollowAsync(subscription, request, id, job, ending.Token);
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

    private async Task<List<(string Id, IJobGrain Job)>> FindJobsAsync(McpRequest request, SubscriptionFilter filter)
    {
        var found = new List<(string, IJobGrain)>();
        foreach (var id in filter.TaskIds)
        {
            if (jobs.Find(request.Caller, id) is { } job && await job.GetAsync(request.Caller) is not null)
                found.Add((id, job));
        }
        return found;
    }

    private async Task FollowAsync(
        Subscription subscription, McpRequest request, string id, IJobGrain job, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await subscription.FollowAsync(job, cancellationToken);
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The job moved to another silo, or could not be asked: its next watch starts with its present state.
                LogFollowEnded(request.Caller.Tenant, id, e);
                await Task.Delay(RetryDelay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The watch of job {Tenant}/{JobId} ended early; it is taken up again")]
    private partial void LogFollowEnded(string tenant, string jobId, Exception exception);
}
