using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Retries;
using Actors.Sessions;
using Actors.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>From the header <c>Mcp-Session-Id</c> to the session, in the caller's own tenant and no other.</summary>
internal sealed class SessionDirectory(IGrainFactory grains, RetryPolicy retries, IOptions<McpOptions> options)
{
    /// <summary>Begins a session; it is durable when this returns.</summary>
    /// <returns>Its id.</returns>
    public async ValueTask<string> StartAsync(SessionStart start, CancellationToken cancellationToken)
    {
        // Drawn once, so that a further try begins the same session.
        var id = SessionKey.NewId();
        await retries.RunAsync(
            async () =>
            {
                await Grain(start.Owner, id).StartAsync(start, cancellationToken);
                return true;
            },
            cancellationToken);
        return id;
    }

    /// <exception cref="RefusedException">The request names no session, or none that this caller has.</exception>
    public async ValueTask<Session> EnterAsync(HttpContext http, Principal caller)
    {
        SessionHeaders.CheckVersion(http);
        var id = SessionHeaders.RequireSessionId(http);
        if (SessionKey.IsId(id))
        {
            var grain = Grain(caller, id);
            if (await retries.RunAsync(() => grain.EnterAsync(caller), http.RequestAborted) is { } view)
                return new Session(grain, id, view, caller, options.Value.DefaultLogLevel);
        }
        throw NotFound();
    }

    /// <summary>One answer for an unknown session, an ended one and somebody else's.</summary>
    public static RefusedException NotFound() => new(
        Refusal.SessionNotFound, "There is no session with this Mcp-Session-Id for you: it has ended, or never was. Send initialize to begin another.");

    private ISessionGrain Grain(Principal caller, string id) => grains.GetGrain<ISessionGrain>(new SessionKey(caller.Tenant, id).ToString());
}
