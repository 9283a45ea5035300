using System.Diagnostics;
using Orleans.Diagnostics;
using Orleans.Runtime;

namespace Orleans.Calls;

/// <summary>Opens a client activity around the call and puts its W3C context into the RequestContext.</summary>
internal sealed class TraceContextOutgoingFilter : IOutgoingGrainCallFilter
{
    internal const string TraceParent = "traceparent";
    internal const string TraceState = "tracestate";

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        using var activity = ActivitySources.ApplicationGrainSource.StartActivity(
            context.Request.GetActivityName(), ActivityKind.Client);
        var current = activity ?? Activity.Current;
        if (current is not null)
            DistributedContextPropagator.Current.Inject(current, null, static (_, name, value) => RequestContext.Set(name, value));

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
