using System.Reflection;
using Actors.Tools;
using ModelContextProtocol.Server;

namespace Actors.Silo.Packs;

/// <summary>Everything the loaded packs hold, by the name a client calls it by.</summary>
internal sealed class PackContent
{
    private readonly Dictionary<string, LoadedTool> _tools;
    private readonly Dictionary<string, McpServerPrompt> _prompts;
    private readonly Dictionary<string, McpServerResource> _resources;

    /// <exception cref="InvalidOperationException">Two methods claim one name, or a method cannot be a tool.</exception>
    public PackContent(ToolPacks packs, IServiceProvider services)
    {
        var reader = new PackReader(services);
        _tools = Index(packs.Assemblies.SelectMany(reader.Tools));
        _prompts = Index("prompt", packs.Assemblies.SelectMany(reader.Prompts), p => p.ProtocolPrompt.Name, p => p);
        _resources = Index(
            "resource", packs.Assemblies.SelectMany(reader.Resources), r => r.ProtocolResourceTemplate.UriTemplate, r => r);
        Catalogue = CatalogueWriter.Write(_tools.Values, _prompts.Values, _resources.Values);
    }

    /// <summary>What these packs hold; of one silo, so no entry names any.</summary>
    public Catalogue Catalogue { get; }

    public string[] JobTools => [.. _tools.Values.Where(tool => tool.Job is not null).Select(tool => tool.Name)];

    public IEnumerable<McpServerResource> Resources => _resources.Values;

    public LoadedTool? FindTool(string name) => _tools.GetValueOrDefault(name);

    public McpServerPrompt? FindPrompt(string name) => _prompts.GetValueOrDefault(name);

    /// <summary>The resource at a URI: a fixed one before a template that matches.</summary>
    public McpServerResource? FindResource(string uri) =>
        _resources.TryGetValue(uri, out var exact) && !exact.IsTemplated
            ? exact
            : _resources.Values.FirstOrDefault(r => r.IsMatch(uri));

    internal static Dictionary<string, LoadedTool> Index(IEnumerable<LoadedTool> tools) =>
        Index("tool", tools, t => t.Name, t => t.Tool);

    private static Dictionary<string, T> Index<T>(
        string kind, IEnumerable<T> items, Func<T, string> nameOf, Func<T, IMcpServerPrimitive> primitiveOf)
    {
        var all = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var name = nameOf(item);
            if (!all.TryAdd(name, item))
            {
                throw new InvalidOperationException(
                    $"Two {kind}s are named '{name}': {Describe(primitiveOf(all[name]))} and {Describe(primitiveOf(item))}.");
            }
        }

        return all;
    }

    private static string Describe(IMcpServerPrimitive primitive)
    {
        var method = primitive.Metadata.OfType<MethodInfo>().FirstOrDefault();
        var type = method?.DeclaringType ?? primitive.GetType();
        return $"{type.FullName}{(method is null ? "" : "." + method.Name)} in {type.Assembly.GetName().Name}";
    }
}
