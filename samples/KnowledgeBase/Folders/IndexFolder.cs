namespace Actors.KnowledgeBase.Folders;

/// <summary>A folder that was asked for and may be indexed.</summary>
internal sealed record IndexFolder(Root Root, string FullPath)
{
    /// <summary>What the paths of all documents in this folder begin with.</summary>
    public string PathPrefix => Root.IndexPath(FullPath) + "/";
}
