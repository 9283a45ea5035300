namespace Orleans.Statistics;

/// <summary>Load of the process; the stand-in does not filter, so raw and filtered values are equal.</summary>
[Immutable]
[GenerateSerializer]
[Alias("Orleans.Statistics.EnvironmentStatistics")]
public readonly struct EnvironmentStatistics
{
    [Id(0)]
    public readonly float FilteredCpuUsagePercentage;

    [Id(1)]
    public readonly long FilteredMemoryUsageBytes;

    [Id(2)]
    public readonly long FilteredAvailableMemoryBytes;

    [Id(3)]
    public readonly long MaximumAvailableMemoryBytes;

    [Id(4)]
    public readonly float RawCpuUsagePercentage;

    [Id(5)]
    public readonly long RawMemoryUsageBytes;

    [Id(6)]
    public readonly long RawAvailableMemoryBytes;

    internal EnvironmentStatistics(float cpuUsagePercentage, long memoryUsageBytes, long availableMemoryBytes, long maximumAvailableMemoryBytes)
    {
        RawCpuUsagePercentage = FilteredCpuUsagePercentage = cpuUsagePercentage;
        RawMemoryUsageBytes = FilteredMemoryUsageBytes = memoryUsageBytes;
        RawAvailableMemoryBytes = FilteredAvailableMemoryBytes = availableMemoryBytes;
        MaximumAvailableMemoryBytes = maximumAvailableMemoryBytes;
    }

    public float MemoryUsagePercentage =>
        MaximumAvailableMemoryBytes <= 0 ? 0 : (float)RawMemoryUsageBytes / MaximumAvailableMemoryBytes * 100;

    public float AvailableMemoryPercentage =>
        MaximumAvailableMemoryBytes <= 0 ? 0 : (float)RawAvailableMemoryBytes / MaximumAvailableMemoryBytes * 100;
}
