using Actors.Frontend.Mcp.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Origins;

/// <summary>
/// Refuses requests that a web page was tricked into sending: by Host, against DNS rebinding, and by Origin (Streamable
/// HTTP, Security and Endpoint).
/// </summary>
internal sealed class OriginGuard(IOptions<OriginOptions> options)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    private readonly string[] _hosts = options.Value.AllowedHosts.Count > 0 ? [.. options.Value.AllowedHosts] : Loopback;
    private readonly string[] _origins = [.. options.Value.AllowedOrigins.Select(origin => origin.TrimEnd('/'))];

    // The last Host that passed: nearly every request of a process carries the same one.
    private string? _lastAllowed;

    /// <summary>What is wrong with the request's Host or Origin; null: nothing.</summary>
    public RefusedException? Find(HttpContext http)
    {
        var host = http.Request.Headers.Host.ToString();
        if (!string.Equals(host, _lastAllowed, StringComparison.Ordinal))
        {
            if (!IsAllowedHost(host))
                return new RefusedException(Refusal.Forbidden, "The header Host names no host that is served here (Actors:Origins:AllowedHosts).");
            _lastAllowed = host;
        }
        var origin = http.Request.Headers.Origin;
        return origin.Count > 0 && !IsAllowedOrigin(origin.ToString())
            ? new RefusedException(Refusal.Forbidden, "The header Origin names no page that may call here (Actors:Origins:AllowedOrigins).")
            : null;
    }

    private bool IsAllowedHost(string host)
    {
        var name = new HostString(host);
        return _hosts.Any(allowed =>
            string.Equals(allowed, host, StringComparison.OrdinalIgnoreCase)
            || string.Equals(allowed, name.Host, StringComparison.OrdinalIgnoreCase));
    }

    private bool IsAllowedOrigin(string origin)
    {
        if (_origins.Length > 0)
            return _origins.Contains(origin, StringComparer.OrdinalIgnoreCase);
        return Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && page.Scheme is ("http" or "https")
            && Loopback.Contains(page.Host, StringComparer.OrdinalIgnoreCase);
    }
}
