using System.Collections.Frozen;
using Actors.Cli.Messages;
using Actors.Cli.Tools;

namespace Actors.Cli.Retries;

/// <summary>Which requests may run twice, so that they are sent again although the first may have arrived.</summary>
internal sealed class Repeatability(KnownTools tools)
{
    // What reads; what sets the same thing to the same value; answers that carry keys (a second one is ignored); and
    // initialize, which at worst leaves a session behind that ends by itself.
    private static readonly FrozenSet<string> Methods = new[]
    {
        "initialize", "ping", "server/discover", "tools/list", "prompts/list", "prompts/get", "resources/list",
        "resources/templates/list", "resources/read", "resources/subscribe", "resources/unsubscribe", "completion/complete",
        "logging/setLevel", "subscriptions/listen", "tasks/get", "tasks/list", "tasks/result", "tasks/cancel", "tasks/update",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A tool may be called twice if its annotations say so, which is the frontends' own rule (docs/cluster.md).</summary>
    public bool Allows(Message request) => request.Method == "tools/call"
        ? request.Name is { } tool && tools.Find(tool) is { IsRepeatable: true }
        : Methods.Contains(request.Method!);
}
