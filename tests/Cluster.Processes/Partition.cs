namespace Actors.Cluster.Processes;

/// <summary>Several holds that end together.</summary>
internal sealed class Partition(IReadOnlyList<IDisposable> holds) : IDisposable
{
    public void Dispose()
    {
        foreach (var hold in holds)
            hold.Dispose();
    }
}
