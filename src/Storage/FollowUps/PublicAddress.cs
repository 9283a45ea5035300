using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Actors.Storage.FollowUps;

/// <summary>
/// Tells addresses of the public internet from all others: this machine, private networks, link-local ones with the metadata of clouds,
/// multicast, what is reserved, and those that hide such an address in IPv6. By the registries of IANA for special-purpose addresses.
/// </summary>
public static class PublicAddress
{
    private static readonly ImmutableArray<IPNetwork> Special4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/3",
        // Public by its number, and a cloud's platform by what answers there (Azure).
        "168.63.129.16/32");

    // All that is assigned to networks so far, and within it what is special.
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");
    private static readonly ImmutableArray<IPNetwork> Special6 = Networks("2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20");

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return !Special4.Any(network => network.Contains(address));
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.ScopeId != 0)
            return false;
        // These are delivered to the IPv4 address within them.
        if (Nat64.Contains(address))
            return Is(Embedded(address, 12));
        if (SixToFour.Contains(address))
            return Is(Embedded(address, 2));
        return Global6.Contains(address) && !Special6.Any(network => network.Contains(address));
    }

    private static IPAddress Embedded(IPAddress address, int at) => new(address.GetAddressBytes().AsSpan(at, 4));

    private static ImmutableArray<IPNetwork> Networks(params string[] networks) => [.. networks.Select(IPNetwork.Parse)];
}
