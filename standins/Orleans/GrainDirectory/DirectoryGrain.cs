using Orleans.Activations;
using Orleans.Concurrency;
using Orleans.Messaging;
using Orleans.Runtime;

namespace Orleans.GrainDirectory;

[StatelessWorker(1)]
[Reentrant]
[GrainType(Name)]
internal sealed class DirectoryGrain(SiloRouter router, ActivationDirectory activations) : Grain, IDirectoryGrain
{
    private const string Name = "orleans.directory";

    public static GrainType Type { get; } = GrainType.Create(Name);

    public ValueTask<DirectoryAnswer> FindAsync(GrainId grain, long version) => Partition.FindAsync(grain, version);

    public ValueTask<DirectoryAnswer> RegisterAsync(GrainId grain, DirectoryEntry entry, long version) =>
        Partition.RegisterAsync(grain, entry, version);

    public ValueTask<DirectoryAnswer> UnregisterAsync(GrainId grain, DirectoryEntry entry, long version) =>
        Partition.UnregisterAsync(grain, entry, version);

    public ValueTask<DirectoryClaims> ClaimsAsync(SiloAddress owner, long version, int part, int partCount) =>
        Partition.ClaimsAsync(owner, version, part, partCount);

    public ValueTask DropAsync(GrainId grain, ActivationId activation)
    {
        activations.Drop(grain, activation);
        return default;
    }

    private DirectoryPartition Partition => router.Locator?.Partition
        ?? throw new OrleansException("This silo is on its own and keeps no directory.");
}
