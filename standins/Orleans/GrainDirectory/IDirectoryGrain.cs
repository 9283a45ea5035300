using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.GrainDirectory;

/// <summary>A silo's part of the grain directory, for the other silos. Each has its own.</summary>
[Alias("orleans.directory")]
internal interface IDirectoryGrain : ISystemGrain
{
    /// <summary>Where the grain is active. The version is that of the asker's view of the cluster.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:05")]
    ValueTask<DirectoryAnswer> FindAsync(GrainId grain, long version);

    /// <summary>Enters an activation unless the grain is active elsewhere; answers who is entered then.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:05")]
    ValueTask<DirectoryAnswer> RegisterAsync(GrainId grain, DirectoryEntry entry, long version);

    [AlwaysInterleave]
    [ResponseTimeout("00:00:05")]
    ValueTask<DirectoryAnswer> UnregisterAsync(GrainId grain, DirectoryEntry entry, long version);

    /// <summary>The activations at the receiver whose entries belong to the silo by the ring of that version.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:10")]
    ValueTask<DirectoryClaims> ClaimsAsync(SiloAddress owner, long version, int part, int partCount);

    /// <summary>The receiver has an activation of a grain that is entered elsewhere: it ends.</summary>
    [AlwaysInterleave]
    [OneWay]
    ValueTask DropAsync(GrainId grain, ActivationId activation);
}
