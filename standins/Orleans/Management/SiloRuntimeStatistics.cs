using Orleans.Statistics;

namespace Orleans.Runtime;

[GenerateSerializer]
[Immutable]
public sealed class SiloRuntimeStatistics
{
    internal SiloRuntimeStatistics(
        int activationCount, int recentlyUsedActivationCount, long receivedMessages, long sentMessages, long clientCount, DateTime dateTime,
        EnvironmentStatistics environmentStatistics)
    {
        ActivationCount = activationCount;
        RecentlyUsedActivationCount = recentlyUsedActivationCount;
        ReceivedMessages = receivedMessages;
        SentMessages = sentMessages;
        ClientCount = clientCount;
        DateTime = dateTime;
        EnvironmentStatistics = environmentStatistics;
    }

    [Id(0)]
    public int ActivationCount { get; }

    /// <summary>Activations used within the last collection quantum.</summary>
    [Id(1)]
    public int RecentlyUsedActivationCount { get; }

    [Id(6)]
    public bool IsOverloaded => false;

    [Id(7)]
    public long ClientCount { get; }

    [Id(8)]
    public long ReceivedMessages { get; }

    [Id(9)]
    public long SentMessages { get; }

    [Id(10)]
    public DateTime DateTime { get; }

    [Id(11)]
    public EnvironmentStatistics EnvironmentStatistics { get; }

    public override string ToString() =>
        $"SiloRuntimeStatistics: ActivationCount={ActivationCount} RecentlyUsedActivationCount={RecentlyUsedActivationCount} DateTime={DateTime:O}";
}
