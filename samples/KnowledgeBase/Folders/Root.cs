namespace Actors.KnowledgeBase.Folders;

/// <summary>A folder that may be indexed.</summary>
/// <param name="Name">Its last part, with which the paths of its documents begin.</param>
/// <param name="FullPath">Where it is, with symbolic links followed.</param>
internal sealed record Root(string Name, string FullPath)
{
    public static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    /// <summary>The path by which a file of this root is known in the index: with forward slashes, the root's name first.</summary>
    public string IndexPath(string fullPath)
    {
        var relative = Path.GetRelativePath(FullPath, fullPath);
        return relative == "." ? Name : $"{Name}/{relative.Replace(Path.DirectorySeparatorChar, '/')}";
    }
}
