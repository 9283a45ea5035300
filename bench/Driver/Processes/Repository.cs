using System.Reflection;

namespace Actors.Bench.Driver.Processes;

/// <summary>Where the repository is that this program was built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find().FullName;

    /// <summary>What this program and what it starts were built from: they are built together.</summary>
    public static string Commit { get; } = typeof(Repository).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+') is [_, var commit]
        ? commit[..7]
        : "unknown";

    private static DirectoryInfo Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The driver runs from within the repository.");
        return folder;
    }
}
