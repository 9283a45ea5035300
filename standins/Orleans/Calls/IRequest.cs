using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

public interface IRequest : IInvokable
{
    InvokeMethodOptions Options { get; }

    void AddInvokeMethodOptions(InvokeMethodOptions options);

    static string ToMethodCallString(IRequest request) => $"{request.GetInterfaceName()}.{request.GetMethodName()}";

    static string ToString(IRequest request) => $"[{request.GetTarget()}].{ToMethodCallString(request)}";
}
