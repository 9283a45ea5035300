using System.Net;

namespace Orleans.Configuration;

public class EndpointOptions
{
    public const int DEFAULT_SILO_PORT = 11111;
    public const int DEFAULT_GATEWAY_PORT = 30000;

    private IPAddress? _advertisedIPAddress;
    private int _siloPort = DEFAULT_SILO_PORT;

    /// <summary>The address that other silos and clients use. Must be a concrete one.</summary>
    public IPAddress AdvertisedIPAddress
    {
        get => _advertisedIPAddress!;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Equals(IPAddress.Any) || value.Equals(IPAddress.IPv6Any) || value.Equals(IPAddress.None) || value.Equals(IPAddress.IPv6None))
                throw new ArgumentException($"Invalid value specified for {nameof(AdvertisedIPAddress)}. The value was {value}.");
            _advertisedIPAddress = value;
        }
    }

    /// <summary>Default: 11111.</summary>
    public int SiloPort
    {
        get => _siloPort;
        set
        {
            if (value == 0) throw new ArgumentException("The silo port must not be 0.");
            _siloPort = value;
        }
    }

    /// <summary>Default: 30000; 0 for no gateway.</summary>
    public int GatewayPort { get; set; } = DEFAULT_GATEWAY_PORT;

    public IPEndPoint? SiloListeningEndpoint { get; set; }

    public IPEndPoint? GatewayListeningEndpoint { get; set; }
}
