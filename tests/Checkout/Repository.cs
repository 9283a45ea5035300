namespace Actors.Checkout;

/// <summary>The repository that the program which asks was built in, and runs from.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>A folder of data beside the repository, or null where it is not there.</summary>
    public static string? SharedData(string name)
    {
        var folder = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", name));
        return Directory.Exists(folder) ? folder : null;
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("This program runs from within the repository.");
        return folder.FullName;
    }
}
