using Actors.Jobs;

namespace Actors.Silo.Calls;

/// <summary>What one call's service scope knows beyond the services: the source of an injected <see cref="JobContext"/>.</summary>
internal sealed class CallScope
{
    public JobContext? Job { get; set; }
}
