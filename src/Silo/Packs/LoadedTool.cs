using System.Reflection;
using Actors.Jobs;
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
}
