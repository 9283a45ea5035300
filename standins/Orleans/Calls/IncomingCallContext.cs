using System.Reflection;
using System.Runtime.ExceptionServices;
using Orleans.Activations;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Calls;

/// <summary>One call on its way through the silo's filters and the grain's own, to the grain's method.</summary>
internal sealed class IncomingCallContext(GrainCall call, Activation host, IIncomingGrainCallFilter[] filters)
    : IIncomingGrainCallContext
{
    private int _next;

    public IInvokable Request => call;

    public object Grain => host.GrainInstance!;

    public IGrainContext TargetContext => host;

    public GrainId? SourceId => call.SenderId is { IsDefault: false } sender ? sender : null;

    public GrainId TargetId => host.GrainId;

    public GrainInterfaceType InterfaceType => call.Method.InterfaceId;

    public string InterfaceName => call.GetInterfaceName();

    public string MethodName => call.GetMethodName();

    public MethodInfo InterfaceMethod => call.GetMethod();

    public MethodInfo ImplementationMethod => host.Class.ImplementationOf(call.Method);

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

        if (_next == filters.Length && host.GrainInstance is IIncomingGrainCallFilter own)
        {
            _next++;
            await own.Invoke(this);
            Response ??= Response.Completed;
            return;
        }

        call.SetTarget(host);
        Response = await call.Invoke();
        if (Response.Exception is { } exception) ExceptionDispatchInfo.Throw(exception);
    }
}
