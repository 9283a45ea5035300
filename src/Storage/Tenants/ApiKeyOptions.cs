namespace Actors.Storage.Tenants;

/// <summary>How API keys are remembered between calls.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>For how long a key is trusted without a look at the database: a revocation takes this long. Default: 5 s.</summary>
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many keys are remembered. Default: 10,000.</summary>
    public int CacheLimit { get; set; } = 10_000;

    internal IEnumerable<string> Errors()
    {
        if (CacheFor < TimeSpan.Zero) yield return "ApiKeys.CacheFor must not be negative.";
        if (CacheLimit < 1) yield return "ApiKeys.CacheLimit must be at least 1.";
    }
}
