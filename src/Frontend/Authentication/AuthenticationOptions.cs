namespace Actors.Frontend.Authentication;

/// <summary>Who may call without a key. Section <c>Actors:Authentication</c>.</summary>
public sealed class AuthenticationOptions
{
    /// <summary>
    /// The tenant that callers without a key belong to, or null (the default): a key is required. Set, the process refuses
    /// to start unless every address it listens on is loopback.
    /// </summary>
    public string? AnonymousTenant { get; set; }
}
