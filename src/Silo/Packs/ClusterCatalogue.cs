using System.Runtime.CompilerServices;
using System.Text.Json;
using Actors.Grains.Tools;
using Actors.Silo.Hosting;
using Actors.Storage.Leases;
using Actors.Storage.Silos;
using Actors.Tools;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Actors.Silo.Packs;

/// <summary>
/// Announces what this silo offers, and keeps what all of them offer together. While a cluster is upgraded two versions of a
/// tool live side by side: what clients see is the one that appeared last, and each entry names the silos that have just that.
/// </summary>
internal sealed partial class ClusterCatalogue(
    PackContent content, SiloTable silos, SiloLease lease, ILocalSiloDetails silo, TimeProvider time, ILogger<ClusterCatalogue> logger)
    : BackgroundService, ICatalogueSource
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, (Catalogue Content, DateTimeOffset FirstSeenAt)> _known = [];
    private TaskCompletionSource _changed = New();
    private volatile Catalogue? _merged;
    private long _announced;

    /// <summary>Until the others were first read: this silo's own.</summary>
    public Catalogue Catalogue => _merged ?? Own();

    /// <summary>Whether some silo runs the tool as a job.</summary>
    public bool Has(string tool) => _merged is { } merged && merged.Tools.Any(entry => entry.Name == tool && entry.Job is not null);

    public async IAsyncEnumerable<Catalogue> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? seen = null;
        while (true)
        {
            // Taken before the catalogue is read, so that a change in between is not missed.
            var changed = Volatile.Read(ref _changed).Task;
            if (Catalogue is var catalogue && catalogue.Revision != seen)
            {
                seen = catalogue.Revision;
                yield return catalogue;
                continue;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Duty.RepeatAsync(LookAsync, LookEvery, time, LogFailed, stoppingToken);

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (lease.IsHeld && _announced != lease.Epoch)
        {
            // At the start, and again under each new lease.
            await AnnounceAsync(lease.Epoch, cancellationToken);
        }

        var live = await silos.LiveAsync(cancellationToken);
        var offers = new List<SiloOffer>(live.Count);
        foreach (var one in live)
        {
            if (await LoadAsync(one.Catalogue, cancellationToken) is { } known && SiloAddress.TryParse(one.Address, out var at))
            {
                offers.Add(new SiloOffer(new CatalogueSilo(at, one.Name), known.Content, known.FirstSeenAt));
            }
        }

        // Nobody has a lease while the database is coming back: clients are told when that lasts, not at once.
        if (offers.Count > 0)
        {
            Publish(CatalogueMerge.Of(offers));
        }
    }

    private async Task AnnounceAsync(long epoch, CancellationToken cancellationToken)
    {
        var digest = content.Catalogue.Version;
        await silos.StoreCatalogueAsync(digest, JsonSerializer.SerializeToUtf8Bytes(content.Catalogue), cancellationToken);
        await silos.AnnounceAsync(lease.Silo, epoch, silo.SiloAddress.ToParsableString(), digest, cancellationToken);
        _announced = epoch;
    }

    private async Task<(Catalogue Content, DateTimeOffset FirstSeenAt)?> LoadAsync(string digest, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(digest, out var known))
        {
            return known;
        }

        if (await silos.LoadCatalogueAsync(digest, cancellationToken) is not { } stored
            || JsonSerializer.Deserialize<Catalogue>(stored.Content) is not { } catalogue)
        {
            return null;
        }

        return _known[digest] = (catalogue, stored.FirstSeenAt);
    }

    private void Publish(Catalogue merged)
    {
        if (_merged?.Revision == merged.Revision)
        {
            return;
        }

        _merged = merged;
        LogChanged(merged.Silos.Length, merged.Tools.Length);
        Interlocked.Exchange(ref _changed, New()).SetResult();
    }

    private Catalogue Own() =>
        CatalogueMerge.Of([new SiloOffer(new CatalogueSilo(silo.SiloAddress, silo.Name), content.Catalogue, DateTimeOffset.MinValue)]);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Information, "The cluster offers {Tools} tools on {Silos} silos.")]
    private partial void LogChanged(int silos, int tools);

    [LoggerMessage(LogLevel.Warning, "What the cluster offers could not be read; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
