using System.Net;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Retries;
using Actors.Storage.Tenants;
using Actors.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Authentication;

/// <summary>Turns the Authorization header into a principal.</summary>
internal sealed class Credentials(ApiKeys keys, RetryPolicy retries, IOptions<AuthenticationOptions> options)
{
    private const string Scheme = "Bearer";

    private readonly Principal? _anonymous = options.Value.AnonymousTenant is { } tenant
        ? new Principal(tenant, "anonymous", "anonymous", "anonymous")
        : null;

    /// <exception cref="RefusedException">No key, or one that opens nothing.</exception>
    public ValueTask<Principal> AuthenticateAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return new(Anonymous(http));
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            throw Refuse(http, "Bearer", "The header Authorization must have the form 'Bearer <key>'.");
        var lookup = keys.AuthenticateAsync(header.AsSpan(Scheme.Length).Trim(), CancellationToken.None);
        // A key seen lately is known at once.
        return lookup.IsCompletedSuccessfully ? new(Known(http, lookup.Result)) : WaitAsync(http, header, lookup);
    }

    /// <summary>Whether what opened a request still would: a key may be revoked while its stream is open.</summary>
    public async ValueTask<bool> StillOpenAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.Length == 0 || await keys.AuthenticateAsync(header.AsSpan(Scheme.Length).Trim(), cancellationToken) is not null;
    }

    private async ValueTask<Principal> WaitAsync(HttpContext http, string header, ValueTask<Principal?> first) => Known(
        http,
        await retries.RunAsync(
            first, () => keys.AuthenticateAsync(header.AsSpan(Scheme.Length).Trim(), CancellationToken.None), http.RequestAborted));

    private static Principal Known(HttpContext http, Principal? principal) => principal ?? throw Refuse(
        http, "Bearer error=\"invalid_token\", error_description=\"unknown or revoked key\"", "The key is unknown or was revoked.");

    // The start-up check speaks of addresses; this one makes sure for each connection.
    private Principal Anonymous(HttpContext http) =>
        _anonymous is not null && IsLoopback(http.Connection)
            ? _anonymous
            : throw Refuse(http, "Bearer", "A key is required: send the header Authorization with 'Bearer <key>'.");

    private static bool IsLoopback(ConnectionInfo connection) =>
        connection.LocalIpAddress is not { } address || IPAddress.IsLoopback(address);

    private static RefusedException Refuse(HttpContext http, string challenge, string message)
    {
        http.Response.Headers.WWWAuthenticate = challenge;
        return new RefusedException(Refusal.Unauthenticated, message);
    }
}
