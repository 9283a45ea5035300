using System.ComponentModel.DataAnnotations;

namespace Actors.Frontend.Hosting;

/// <summary>How a frontend of its own process finds the silos. Section <c>Actors:Cluster</c>.</summary>
public sealed class FrontendClusterOptions
{
    public const string Section = "Actors:Cluster";

    /// <summary>Which cluster: silos and frontends with the same id, on the same database, find each other. Default <c>actors</c>.</summary>
    [Required]
    public string Id { get; set; } = "actors";

    /// <summary>A PFX file: TLS between all processes of the cluster, which then must all have one. Default: none, and no TLS.</summary>
    public string? Certificate { get; set; }

    public string? CertificatePassword { get; set; }

    /// <summary>How long a call to a silo may take before the frontend gives up. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
