namespace Actors.Frontend.Mcp;

/// <summary>The member of <c>params</c> that the header Mcp-Name mirrors for a method.</summary>
internal enum MirroredMember
{
    None,
    Name,
    Uri,
    TaskId,
}
