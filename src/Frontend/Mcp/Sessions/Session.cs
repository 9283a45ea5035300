using System.Text.Json;
using Actors.Frontend.Mcp.Requests;
using Actors.Sessions;
using Actors.Tenants;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>A session as one of its requests needs it: read anew from its grain for each, since any frontend may be asked next.</summary>
internal sealed class Session(ISessionGrain grain, string id, SessionView view, Principal caller, string defaultLogLevel)
{
    public ISessionGrain Grain => grain;

    public string Id => id;

    /// <summary>Who calls now: the owner, as the grain has made sure, perhaps with another key.</summary>
    public Principal Caller => caller;

    /// <summary>The negotiated revision.</summary>
    public string Revision => view.Start.ProtocolVersion;

    public byte[] ClientCapabilities => view.Start.ClientCapabilities;

    public byte[]? ClientInfo => view.Start.ClientInfo;

    /// <summary>Whether the client can take events without a message, which came with 2025-11-25; earlier ones stumble over them.</summary>
    public bool TakesEmptyEvents => Revisions.IsAtLeast(Revision, Revisions.V20251125);

    public bool HasTasks => Revisions.IsAtLeast(Revision, Revisions.V20251125);

    /// <summary>What a request of revision 2026-07-28 says itself, said by the session.</summary>
    public void Fill(Envelope envelope)
    {
        envelope.ProtocolVersion = Revision;
        envelope.LogLevel = view.LogLevel ?? defaultLogLevel;
        var json = new Utf8JsonReader(ClientCapabilities);
        json.Read();
        new CapabilitiesReader(envelope).Read(ref json);
        // The extension belongs to 2026-07-28; here tasks are the revision's own.
        envelope.DeclaresTasks = false;
    }
}
