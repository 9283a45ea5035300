using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ModelContextProtocol;

namespace Actors.KnowledgeBase.Folders;

/// <summary>The folders that may be indexed, and the one place that decides whether another folder lies within them.</summary>
internal sealed class Roots(IOptions<KnowledgeBaseOptions> options, IHostEnvironment host)
{
    /// <summary>Finds the folder that a caller named: absolute, or relative to a root or to the content root.</summary>
    /// <exception cref="McpException">It does not exist, or is not within a root; the message names the roots.</exception>
    public IndexFolder Resolve(string? folder)
    {
        var roots = Current();
        if (string.IsNullOrWhiteSpace(folder))
            return new IndexFolder(roots[0], Existing(roots[0].FullPath, roots[0].Name));

        var outside = false;
        foreach (var candidate in Candidates(folder, roots))
        {
            if (!Directory.Exists(candidate))
                continue;
            var real = RealPath.Of(candidate);
            if (roots.FirstOrDefault(root => RealPath.IsWithin(real, root.FullPath)) is { } within)
                return new IndexFolder(within, real);
            outside = true;
        }
        throw new McpException(outside
            ? $"The folder '{folder}' is outside the folders that may be indexed: {Names(roots)}. Name one of them, or a folder in one of them."
            : $"There is no folder '{folder}'. The folders that may be indexed are {Names(roots)}; name one of them, or a folder in one of them.");
    }

    private Root[] Current() =>
        [.. options.Value.RootsOrDefault.Select(folder => new Root(Root.NameOf(folder), RealPath.Of(Path.Combine(host.ContentRootPath, folder))))];

    private IEnumerable<string> Candidates(string folder, Root[] roots)
    {
        if (Path.IsPathRooted(folder))
            return [folder];

        // "docs" and "docs/guides" name the root "docs" itself and a folder in it, the way document paths do.
        var byName = roots
            .Where(root => folder == root.Name || folder.StartsWith(root.Name + "/", StringComparison.Ordinal))
            .Select(root => root.FullPath + folder[root.Name.Length..]);
        return byName
            .Concat(roots.Select(root => Path.Combine(root.FullPath, folder)))
            .Append(Path.Combine(host.ContentRootPath, folder));
    }

    private static string Existing(string fullPath, string name) => Directory.Exists(fullPath)
        ? fullPath
        : throw new McpException($"The configured folder '{name}' does not exist on the server; its operator sets it with KnowledgeBase:Roots.");

    private static string Names(Root[] roots) => string.Join(", ", roots.Select(root => $"'{root.Name}' ({root.FullPath})"));
}
