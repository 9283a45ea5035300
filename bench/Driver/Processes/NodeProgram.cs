using Actors.Checkout;

namespace Actors.Bench.Driver.Processes;

/// <summary>The Node that bench/setup.sh made sure of: the package's own where there is one.</summary>
internal static class NodeProgram
{
    public static string Path { get; } = Find();

    public static string Script(string name) => System.IO.Path.Combine(Repository.Root, "bench/npm", name);

    private static string Find()
    {
        var architecture = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        var packaged = System.IO.Path.Combine(Repository.Root, $"bench/npm/node_modules/node-linux-{architecture}/bin/node");
        return File.Exists(packaged) ? packaged : "node";
    }
}
