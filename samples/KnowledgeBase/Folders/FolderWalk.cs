using Actors.KnowledgeBase.Indexing;
using ModelContextProtocol;

namespace Actors.KnowledgeBase.Folders;

/// <summary>
/// Every Markdown file under a folder, in the ordinal order of the paths, so that "up to this path" means the same in each attempt.
/// Symbolic links are never followed: one that leads outside is an escape, one that leads inside a second copy.
/// </summary>
internal sealed class FolderWalk
{
    private readonly List<FoundFile> _files = [];
    private readonly List<SkippedFile> _skipped = [];
    private readonly List<string> _unreadable = [];
    private readonly Stack<DirectoryInfo> _folders = new();
    private readonly Root _root;

    private FolderWalk(Root root) => _root = root;

    public IReadOnlyList<FoundFile> Files => _files;

    public IReadOnlyList<SkippedFile> Skipped => _skipped;

    /// <summary>What the paths begin with of which nothing can be said, because their folder cannot be read.</summary>
    public IReadOnlyList<string> Unreadable => _unreadable;

    /// <exception cref="McpException">The folder holds more files than <paramref name="maxFiles"/>.</exception>
    public static FolderWalk Of(IndexFolder folder, int maxFiles, CancellationToken cancellationToken)
    {
        var walk = new FolderWalk(folder.Root);
        walk._folders.Push(new DirectoryInfo(folder.FullPath));
        while (walk._folders.TryPop(out var next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            walk.Look(next);
            if (walk._files.Count > maxFiles)
                throw new McpException($"The folder holds more than {maxFiles} Markdown files, the limit of one run. Index its subfolders one by one.");
        }
        walk._files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        walk._skipped.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return walk;
    }

    private void Look(DirectoryInfo folder)
    {
        try
        {
            foreach (var entry in folder.EnumerateFileSystemInfos())
                Take(entry);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Skip(folder, "the folder cannot be read");
            _unreadable.Add(_root.IndexPath(folder.FullName) + "/");
        }
    }

    private void Take(FileSystemInfo entry)
    {
        if (entry.LinkTarget is not null)
            TakeLink(entry);
        else if (entry is DirectoryInfo folder)
        {
            // .git and its like, and packages that others wrote.
            if (!folder.Name.StartsWith('.') && folder.Name != "node_modules")
                _folders.Push(folder);
        }
        else if (IsMarkdown(entry.Name))
            _files.Add(new FoundFile(_root.IndexPath(entry.FullName), entry.FullName));
    }

    private void TakeLink(FileSystemInfo link)
    {
        if (link is not DirectoryInfo && !IsMarkdown(link.Name))
            return;
        try
        {
            Skip(link, RealPath.IsWithin(RealPath.Of(link.FullName), _root.FullPath)
                ? "a symbolic link; what it leads to is indexed where it is"
                : "a symbolic link that leads outside the folders that may be indexed");
        }
        catch (IOException)
        {
            Skip(link, "a symbolic link that leads nowhere");
        }
    }

    private void Skip(FileSystemInfo entry, string reason) => _skipped.Add(new SkippedFile(_root.IndexPath(entry.FullName), reason));

    private static bool IsMarkdown(string name) => Path.GetExtension(name).ToUpperInvariant() is ".MD" or ".MDX";
}
