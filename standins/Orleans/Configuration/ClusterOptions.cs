namespace Orleans.Configuration;

public class ClusterOptions
{
    public const string DefaultClusterId = "default";
    public const string DefaultServiceId = "default";

    /// <summary>Which cluster. Default: "default"; "dev" with UseLocalhostClustering.</summary>
    public string ClusterId { get; set; } = DefaultClusterId;

    /// <summary>Which service, across its clusters. Default: "default"; "dev" with UseLocalhostClustering.</summary>
    public string ServiceId { get; set; } = DefaultServiceId;
}
