namespace Actors.Chaos.Driver.Clients;

/// <summary>A job that somebody holds the handle of.</summary>
internal sealed class KnownJob(string handle, string caller, string token)
{
    private volatile bool _hasEnded;

    public string Handle => handle;

    public string Caller => caller;

    public string Token => token;

    public bool HasEnded => _hasEnded;

    public void End() => _hasEnded = true;
}
