using Actors.Frontend.Mcp.Requests;

namespace Actors.Frontend.Mcp;

/// <summary>One method of the protocol.</summary>
internal abstract class McpMethod
{
    public abstract string Name { get; }

    /// <summary>Which member of <c>params</c> the header Mcp-Name mirrors.</summary>
    public virtual MirroredMember Mirrors => MirroredMember.None;

    /// <summary>Whether the method came with revision 2026-07-28; the older ones have another in its place, or none.</summary>
    public virtual bool IsModern => false;

    /// <summary>Whether the method reads more of <c>params</c> than the envelope's reader kept.</summary>
    public virtual bool ReadsParams => true;

    /// <summary>Sends exactly one response, or throws.</summary>
    public abstract ValueTask HandleAsync(McpRequest request);
}
