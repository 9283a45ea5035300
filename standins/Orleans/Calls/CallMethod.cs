using System.Reflection;
using System.Text;
using Orleans.CodeGeneration;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Calls;

/// <summary>What is known of a grain method once: its flags, its timeout, its place among the interface's methods.</summary>
internal sealed class CallMethod
{
    public CallMethod(Type interfaceType, GrainInterfaceType interfaceId, MethodInfo method, CallArguments? arguments = null)
    {
        InterfaceType = interfaceType;
        InterfaceId = interfaceId;
        Method = method;
        Name = method.Name;
        ActivityName = $"{interfaceType.Name}/{method.Name}";
        Timeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        Options = OptionsOf(method);
        IsOfSystem = typeof(GrainDirectory.ISystemGrain).IsAssignableFrom(interfaceType);
        ResultIsImmutable = method.ReturnParameter.IsDefined(typeof(ImmutableAttribute), inherit: false);
        Arguments = arguments;
        Id = MethodIds.Of(interfaceType, method);
        WireName = Encoding.UTF8.GetBytes(interfaceId.ToString() + CallCatalog.Separator + Id);
    }

    private CallMethod(CallMethod original, InvokeMethodOptions options)
    {
        InterfaceType = original.InterfaceType;
        InterfaceId = original.InterfaceId;
        Method = original.Method;
        Name = original.Name;
        ActivityName = original.ActivityName;
        Timeout = original.Timeout;
        ResultIsImmutable = original.ResultIsImmutable;
        Arguments = original.Arguments;
        IsOfSystem = original.IsOfSystem;
        Id = original.Id;
        WireName = original.WireName;
        Options = options;
    }

    public Type InterfaceType { get; }

    public GrainInterfaceType InterfaceId { get; }

    public MethodInfo Method { get; }

    public string Name { get; }

    /// <summary>The method's name among those of its interface, in messages.</summary>
    public string Id { get; }

    /// <summary>The interface's and the method's name as UTF-8, as messages carry them.</summary>
    public byte[] WireName { get; }

    /// <summary>A call of the runtime itself, which the application's filters do not see.</summary>
    public bool IsOfSystem { get; }

    /// <summary>Null for work of the activation itself, which stays where it is.</summary>
    public CallArguments? Arguments { get; }

    public string ActivityName { get; }

    public TimeSpan? Timeout { get; }

    public InvokeMethodOptions Options { get; }

    /// <summary>The method promises with [return: Immutable] that nobody changes what it returned.</summary>
    public bool ResultIsImmutable { get; }

    /// <summary>The pending calls with this method's timeout, remembered by the router that last sent such a call.</summary>
    public PendingCalls? Pending { get; set; }

    public CallMethod AsInterleaving() => new(this, Options | InvokeMethodOptions.AlwaysInterleave);

    private static InvokeMethodOptions OptionsOf(MethodInfo method)
    {
        var options = InvokeMethodOptions.None;
        if (method.IsDefined(typeof(OneWayAttribute), inherit: true)) options |= InvokeMethodOptions.OneWay;
        if (method.IsDefined(typeof(ReadOnlyAttribute), inherit: true)) options |= InvokeMethodOptions.ReadOnly;
        if (method.IsDefined(typeof(AlwaysInterleaveAttribute), inherit: true)) options |= InvokeMethodOptions.AlwaysInterleave;
        return options;
    }
}
