namespace Actors.Checkout;

/// <summary>Files of other projects of the repository, built in the same configuration as the program that asks.</summary>
public static class BuildOutput
{
    /// <param name="project">The project's folder, from the repository's root.</param>
    /// <param name="file">The file's name in the project's output.</param>
    public static string Find(string project, string file)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Repository.Root, project, "bin", own.Parent!.Name, own.Name, file);
    }
}
