namespace Orleans.Hosting;

/// <summary>The sentences with which the stand-in refuses what it does not do.</summary>
internal static class NotCovered
{
    public static NotSupportedException OutsideClient() => new(
        "The Orleans stand-in's clients find their gateways in a database: use UseAdoNetClustering, or build with "
        + "-p:OrleansPackages=true. The single silo of UseLocalhostClustering takes no clients from outside.");

    public static NotSupportedException Clustering() => new(
        "The Orleans stand-in's UseLocalhostClustering is one silo: use UseAdoNetClustering for several, or build with "
        + "-p:OrleansPackages=true.");

    public static NotSupportedException Observers() => new(
        "The Orleans stand-in does not cover grain observers (object references).");

    public static NotSupportedException Migration() => new("The Orleans stand-in does not cover grain migration.");

    public static NotSupportedException Versioning() => new("The Orleans stand-in does not cover grain interface versioning.");
}
