namespace Actors.Chaos.Driver.Clients;

/// <summary>A job that somebody holds the handle of.</summary>
internal sealed class KnownJob(string handle, string caller, string token, string tool, bool wantsWebhook)
{
    private volatile string? _ending;

    public string Handle => handle;

    public string Caller => caller;

    public string Token => token;

    public string Tool => tool;

    /// <summary>Whether its end is told to a webhook.</summary>
    public bool WantsWebhook => wantsWebhook;

    public bool HasEnded => _ending is not null;

    public bool CanBeRetried => _ending is "failed" or "cancelled";

    public bool HasLargeResult => _ending is "completed" && tool == "chaos_large";

    /// <summary>completed, failed or cancelled.</summary>
    public void End(string status) => _ending = status;

    /// <summary>The job that tries this one again.</summary>
    public KnownJob Again(string asHandle) => new(asHandle, caller, token, tool, wantsWebhook);
}
