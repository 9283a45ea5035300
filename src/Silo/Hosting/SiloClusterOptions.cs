using System.ComponentModel.DataAnnotations;

namespace Actors.Silo.Hosting;

/// <summary>How a silo of its own process takes part in a cluster. Section <c>Actors:Cluster</c>.</summary>
public sealed class SiloClusterOptions
{
    public const string Section = "Actors:Cluster";

    /// <summary>Which cluster: silos and frontends with the same id, on the same database, find each other. Default <c>actors</c>.</summary>
    [Required]
    public string Id { get; set; } = "actors";

    /// <summary>
    /// The silo's name, by which its jobs know it: unique in the cluster, and best kept over a restart, because the silo then has
    /// its jobs back at once. Default: the machine's name and the silo port.
    /// </summary>
    [StringLength(200)]
    public string? SiloName { get; set; }

    /// <summary>The IP address or host name at which other processes reach this one. Default: what the machine's name resolves to.</summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>The port for other silos. Default 11111.</summary>
    [Range(1, 65535)]
    public int SiloPort { get; set; } = 11111;

    /// <summary>The port for frontends. Default 30000.</summary>
    [Range(1, 65535)]
    public int GatewayPort { get; set; } = 30000;

    /// <summary>A PFX file: TLS between all processes of the cluster, which then must all have one. Default: none, and no TLS.</summary>
    public string? Certificate { get; set; }

    public string? CertificatePassword { get; set; }

    /// <summary>
    /// The port to listen on for other silos, where something between (a container's port mapping, a proxy) turns
    /// <see cref="SiloPort"/> into it. Default 0: the same.
    /// </summary>
    [Range(0, 65535)]
    public int SiloListenPort { get; set; }

    /// <summary>The same for <see cref="GatewayPort"/>. Default 0: the same.</summary>
    [Range(0, 65535)]
    public int GatewayListenPort { get; set; }

    /// <summary>How long a call between processes may take before its caller gives up. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time, beside <c>Actors:Attempts:DrainTimeout</c>, for everything else that stops with the silo. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan StopMargin { get; set; } = TimeSpan.FromSeconds(10);

    internal string NameOrDefault => string.IsNullOrEmpty(SiloName) ? $"{Environment.MachineName}-{SiloPort}" : SiloName;
}
