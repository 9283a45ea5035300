using System.Reflection;
using Actors.Jobs;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.Silo.Packs;

/// <summary>A tool of a pack.</summary>
/// <param name="Tool">The SDK's tool.</param>
/// <param name="Method">The method behind it, or null where the tool is a class of its own.</param>
/// <param name="Job">Its terms, or null for a short tool.</param>
internal sealed record LoadedTool(McpServerTool Tool, MethodInfo? Method, JobAttribute? Job)
{
    public string Name => Tool.ProtocolTool.Name;

    /// <summary>The assembly it is from.</summary>
    public string PackName => (Method?.Module.Assembly ?? Tool.GetType().Assembly).GetName().Name!;

    /// <summary>Whether its code may look at the request after its first lines. Most tools take only what they need out of it.</summary>
    public bool KeepsRequest { get; } = Method is null || Taken(Method).Any(LeadsToRequest);

    // An instance is constructed for each call, with the call's services.
    private static IEnumerable<ParameterInfo> Taken(MethodInfo method) => method.IsStatic
        ? method.GetParameters()
        : method.ReflectedType!.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Concat(method.GetParameters());

    private static bool LeadsToRequest(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(RequestContext<CallToolRequestParams>)
        || parameter.ParameterType == typeof(AIFunctionArguments);
}
