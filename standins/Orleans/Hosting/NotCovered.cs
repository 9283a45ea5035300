namespace Orleans.Hosting;

/// <summary>The sentences with which the stand-in refuses what it does not do.</summary>
internal static class NotCovered
{
    public static NotSupportedException OutsideClient() => new(
        "The Orleans stand-in has no client outside the silo's process yet: call grains through the IGrainFactory or "
        + "IClusterClient of the host that called UseOrleans, or build with -p:OrleansPackages=true.");

    public static NotSupportedException Clustering() => new(
        "The Orleans stand-in runs one silo, without ADO.NET clustering yet: use UseLocalhostClustering, or build with "
        + "-p:OrleansPackages=true.");

    public static NotSupportedException AdoNetStorage() => new(
        "The Orleans stand-in has no ADO.NET grain storage yet: register an IGrainStorage of your own with "
        + "AddGrainStorage, or build with -p:OrleansPackages=true.");

    public static NotSupportedException Observers() => new(
        "The Orleans stand-in does not cover grain observers (object references).");

    public static NotSupportedException Migration() => new("The Orleans stand-in does not cover grain migration.");

    public static NotSupportedException Versioning() => new("The Orleans stand-in does not cover grain interface versioning.");
}
