namespace Actors.Cluster.Processes;

/// <summary>What a local cluster consists of.</summary>
public sealed record LocalClusterOptions
{
    /// <summary>Silos at the start. Default: 3.</summary>
    public int Silos { get; init; } = 3;

    /// <summary>Frontends at the start. Default: 2.</summary>
    public int Frontends { get; init; } = 2;

    /// <summary>One Standalone process in place of silos and frontends; it counts as a frontend. Default: no.</summary>
    public bool IsOneProcess { get; init; }

    /// <summary>Data, logs and settings. Default: a temporary folder, which goes with the cluster.</summary>
    public string? Folder { get; init; }

    /// <summary>The assemblies whose tools every silo offers; absolute paths.</summary>
    public IReadOnlyList<string> ToolPacks { get; init; } = [];

    /// <summary>Further settings of every silo, by configuration key.</summary>
    public IReadOnlyDictionary<string, string> SiloSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>Further settings of every frontend, by configuration key.</summary>
    public IReadOnlyDictionary<string, string> FrontendSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether what processes say to silos and to Postgres goes through proxies of ours, which partitions need and which costs
    /// processor time. Default: no.
    /// </summary>
    public bool IsProxied { get; init; }

    /// <summary>How long a start may take until everything is ready. Default: 90 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(90);
}
