namespace Actors.Bench.Tests;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    public static string File(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run from within the repository.");
        return Path.Combine(folder.FullName, path);
    }
}
