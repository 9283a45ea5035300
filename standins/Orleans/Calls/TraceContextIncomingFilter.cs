using System.Diagnostics;
using Orleans.Diagnostics;
using Orleans.Runtime;

namespace Orleans.Calls;

/// <summary>Opens a server activity around the grain's method, under the caller's.</summary>
internal sealed class TraceContextIncomingFilter : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        var parent = RequestContext.Get(TraceContextOutgoingFilter.TraceParent) as string;
        var state = RequestContext.Get(TraceContextOutgoingFilter.TraceState) as string;
        using var activity = ActivityContext.TryParse(parent, state, isRemote: true, out var remote)
            ? ActivitySources.ApplicationGrainSource.StartActivity(context.Request.GetActivityName(), ActivityKind.Server, remote)
            : ActivitySources.ApplicationGrainSource.StartActivity(context.Request.GetActivityName(), ActivityKind.Server);
        activity?.SetTag("rpc.system", "orleans");
        activity?.SetTag("rpc.service", context.InterfaceName);
        activity?.SetTag("rpc.method", context.MethodName);
        activity?.SetTag("rpc.orleans.target_id", context.TargetId.ToString());
        try
        {
            await context.Invoke();
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().FullName);
            throw;
        }
    }
}
