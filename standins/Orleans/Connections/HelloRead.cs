using Orleans.Runtime;

namespace Orleans.Connections;

/// <summary>A caller's greeting. Of another version of the handshake nothing but the version can be read.</summary>
internal sealed record HelloRead(ushort Version, string ClusterId, string ServiceId, PeerIdentity Caller, SiloAddress Target);
