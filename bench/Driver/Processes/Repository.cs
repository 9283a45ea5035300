using System.Diagnostics;

namespace Actors.Bench.Driver.Processes;

/// <summary>Where the repository is that this program was built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find().FullName;

    /// <summary>What was checked out, and whether the files differ from it.</summary>
    public static string Commit => $"{Git("rev-parse", "--short", "HEAD")}{(Git("status", "--porcelain", "--untracked-files=no", "--", "src", "standins", "bench/Driver", "bench/Pack").Length > 0 ? ", changed" : "")}";

    private static string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Root, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        return git.StandardOutput.ReadToEnd().Trim();
    }

    private static DirectoryInfo Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The driver runs from within the repository.");
        return folder;
    }
}
