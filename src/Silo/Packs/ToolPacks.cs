using System.Reflection;
using Actors.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Packs;

/// <summary>The assemblies whose tools this silo offers.</summary>
internal sealed class ToolPacks
{
    private readonly List<Assembly> _assemblies = [];

    public IReadOnlyList<Assembly> Assemblies => _assemblies;

    /// <summary>Adds a pack once, and lets it register its services.</summary>
    public void Add(Assembly pack, IServiceCollection services, IConfiguration configuration)
    {
        if (_assemblies.Contains(pack))
        {
            return;
        }

        _assemblies.Add(pack);
        foreach (var type in pack.GetExportedTypes())
        {
            if (type is { IsAbstract: false, IsInterface: false } && typeof(IToolPackServices).IsAssignableFrom(type))
            {
                ((IToolPackServices)Activator.CreateInstance(type)!).AddServices(services, configuration);
            }
        }
    }

    /// <summary>Loads what the options name.</summary>
    /// <exception cref="InvalidOperationException">An assembly is not there or cannot be loaded.</exception>
    public static IEnumerable<Assembly> Load(ToolPackOptions options)
    {
        foreach (var name in options.Assemblies)
        {
            yield return Load(name, () => Assembly.Load(new AssemblyName(name)));
        }

        foreach (var path in options.Paths)
        {
            var full = Path.GetFullPath(path);
            yield return Load(full, () => new PackLoadContext(full).LoadFromAssemblyPath(full));
        }
    }

    private static Assembly Load(string what, Func<Assembly> load)
    {
        try
        {
            return load();
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or InvalidOperationException)
        {
            throw new InvalidOperationException($"The tool pack '{what}' cannot be loaded: {exception.Message}", exception);
        }
    }
}
