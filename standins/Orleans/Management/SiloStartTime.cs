namespace Orleans.Management;

/// <summary>When this silo was built.</summary>
internal sealed class SiloStartTime(TimeProvider time)
{
    public DateTimeOffset Utc { get; } = time.GetUtcNow();
}
