using Actors.Jobs;

namespace Actors.Frontend.Mcp.Errors;

/// <summary>A request that this frontend does not serve now, since its sender has reached a limit.</summary>
internal sealed class LimitReachedException(LimitReached limit) : Exception(limit.Sentence)
{
    public LimitReached Limit => limit;
}
