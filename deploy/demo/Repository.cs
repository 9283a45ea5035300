namespace Actors.Demo;

/// <summary>Where this demo finds what was built with it.</summary>
internal static class Repository
{
    private static readonly DirectoryInfo Own = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Root { get; } = FindRoot();

    /// <summary>A file that another project built, in the same configuration as this one.</summary>
    public static string BuildOutput(string project, string file) =>
        Path.Combine(Root, project, "bin", Own.Parent!.Name, Own.Name, file);

    private static string FindRoot()
    {
        var folder = Own;
        while (!File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The demo runs from within the repository.");
        return folder.FullName;
    }
}
