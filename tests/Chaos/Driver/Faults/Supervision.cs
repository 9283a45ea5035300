using System.Collections.Concurrent;
using Actors.Chaos.Checker.Records;
using Actors.Cluster.Processes;

namespace Actors.Chaos.Driver.Faults;

/// <summary>
/// Starts what ended by itself, as whoever runs the product in earnest would have done: a silo that is declared dead stops.
/// What a fault has taken is the fault's.
/// </summary>
internal sealed class Supervision(LocalCluster cluster, RecordWriter record, RunClock clock)
{
    public const string EndedByItself = "EndedByItself";

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<ClusterNode, byte> _taken = new();
    private readonly ConcurrentDictionary<ClusterNode, byte> _retired = new();

    /// <summary>Null: another fault has it.</summary>
    public IDisposable? Take(ClusterNode node) => !_retired.ContainsKey(node) && _taken.TryAdd(node, 0) ? new Taken(this, node) : null;

    /// <summary>It will end, and stay away.</summary>
    public void Retire(ClusterNode node) => _retired.TryAdd(node, 0);

    public bool IsRetired(ClusterNode node) => _retired.ContainsKey(node);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(Every, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var node in cluster.Silos.Concat<ClusterNode>(cluster.Frontends).Where(node => !node.IsRunning))
            {
                using var taken = Take(node);
                if (taken is not null && !node.IsRunning)
                    await RestartAsync(node, cancellationToken);
            }
        }
    }

    private async Task RestartAsync(ClusterNode node, CancellationToken cancellationToken)
    {
        var code = await node.WaitForExitAsync(Every, cancellationToken);
        record.Add(new FaultRecord(EndedByItself, node.Name, clock.NowMs, clock.NowMs, $"code {code}"));
        node.Start();
    }

    private sealed class Taken(Supervision supervision, ClusterNode node) : IDisposable
    {
        public void Dispose() => supervision._taken.TryRemove(node, out _);
    }
}
