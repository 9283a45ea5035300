namespace Actors.Frontend.Origins;

/// <summary>Under which names this server may be addressed, and by which web pages. Section <c>Actors:Origins</c>.</summary>
public sealed class OriginOptions
{
    /// <summary>
    /// Values of the Host header, with or without a port (without one, any port). Empty (the default): the loopback names
    /// <c>localhost</c>, <c>127.0.0.1</c> and <c>[::1]</c>.
    /// </summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>
    /// Values of the Origin header, for example <c>https://app.example.com</c>. Empty (the default): pages of the loopback
    /// names, any port. Programs that are not browsers send no Origin and are not concerned.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];
}
