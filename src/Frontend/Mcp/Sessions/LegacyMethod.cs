namespace Actors.Frontend.Mcp.Sessions;

/// <summary>A method that only the revisions with sessions have.</summary>
internal abstract class LegacyMethod : McpMethod
{
    /// <summary>The revision that it came with.</summary>
    public virtual string Since => Revisions.V20241105;
}
