using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Orleans.Activations;

/// <summary>
/// The application's assemblies that may hold grains. Orleans lists them at build time; here they are the loaded
/// ones, and those beside the application, that refer to this one.
/// </summary>
internal static class GrainAssemblies
{
    private static readonly Assembly Self = typeof(GrainAssemblies).Assembly;

    public static IReadOnlyCollection<Assembly> Find()
    {
        HashSet<Assembly> found = [Self];
        found.UnionWith(AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic && RefersToSelf(assembly)));
        var known = found.Select(assembly => assembly.GetName().Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var path in ApplicationFiles())
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (!known.Contains(name) && RefersToSelf(path)) found.Add(Assembly.Load(new AssemblyName(name)));
        }

        return found;
    }

    private static IEnumerable<string> ApplicationFiles()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "";
        var sharedRoot = Path.GetDirectoryName(Path.GetDirectoryName(framework)) ?? framework;
        return ((AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string) ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => sharedRoot.Length == 0 || !path.StartsWith(sharedRoot, StringComparison.Ordinal));
    }

    private static bool RefersToSelf(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Any(reference => reference.Name == Self.GetName().Name);

    private static bool RefersToSelf(string path)
    {
        using var file = File.OpenRead(path);
        using var image = new PEReader(file);
        if (!image.HasMetadata) return false;

        var metadata = image.GetMetadataReader();
        return metadata.AssemblyReferences
            .Any(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name) == Self.GetName().Name);
    }
}
