namespace Actors.Chaos.Driver.Clients;

/// <summary>A job that somebody holds the handle of.</summary>
internal sealed class KnownJob(string handle, string caller, string token, bool wantsWebhook)
{
    private volatile bool _hasEnded;

    public string Handle => handle;

    public string Caller => caller;

    public string Token => token;

    /// <summary>Whether its end is told to a webhook.</summary>
    public bool WantsWebhook => wantsWebhook;

    public bool HasEnded => _hasEnded;

    public void End() => _hasEnded = true;
}
