using System.Reflection;
using System.Runtime.ExceptionServices;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Calls;

/// <summary>One call on its way through the caller's filters.</summary>
internal sealed class OutgoingCallContext(GrainCall call, CallRouter router, IOutgoingGrainCallFilter[] filters)
    : IOutgoingGrainCallContext
{
    private int _next;

    public IInvokable Request => call;

    public object Grain => call.Target;

    public IGrainContext? SourceContext => call.Source;

    public GrainId? SourceId => call.Source?.GrainId;

    public GrainId TargetId => call.Target.GrainId;

    public GrainInterfaceType InterfaceType => call.Method.InterfaceId;

    public string InterfaceName => call.GetInterfaceName();

    public string MethodName => call.GetMethodName();

    public MethodInfo InterfaceMethod => call.GetMethod();

    public Response? Response { get; set; }

    public object? Result
    {
        get => Response?.Result;
        set => Response = Response.FromResult(value);
    }

    public async Task Invoke()
    {
        if (_next < filters.Length)
        {
            await filters[_next++].Invoke(this);
            Response ??= Response.Completed;
            return;
        }

        // Filters may have put values into the RequestContext, or set arguments.
        call.Context = RequestContextValues.Export();
        if (call.IsOneWay)
        {
            router.Post(call);
            Response = Response.Completed;
            return;
        }

        var answer = call.Intercept();
        router.Post(call);
        Response = await answer;
        if (Response.Exception is { } exception) ExceptionDispatchInfo.Throw(exception);
    }
}
