namespace Orleans.Hosting;

/// <summary>The sentences with which the stand-in refuses what it does not do.</summary>
internal static class NotCovered
{
    public static NotSupportedException OutsideClient() => new(
        "The Orleans stand-in has no client outside the silo's process yet: call grains through the IGrainFactory or "
        + "IClusterClient of the host that called UseOrleans, or build with -p:OrleansPackages=true.");

    public static NotSupportedException Clustering() => new(
        "The Orleans stand-in's UseLocalhostClustering is one silo: use UseAdoNetClustering for several, or build with "
        + "-p:OrleansPackages=true.");

    public static NotSupportedException Observers() => new(
        "The Orleans stand-in does not cover grain observers (object references).");

    public static NotSupportedException Migration() => new("The Orleans stand-in does not cover grain migration.");

    public static NotSupportedException Versioning() => new("The Orleans stand-in does not cover grain interface versioning.");
}
