using Actors.Storage;
using Actors.Storage.Schema;
using Actors.Storage.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Actors.Cluster.Processes;

/// <summary>
/// Postgres, silos and frontends as real processes on this machine, for tests that kill, pause and separate them. Whatever happens
/// to the test, none of them outlives it.
/// </summary>
public sealed class LocalCluster : IAsyncDisposable
{
    private readonly bool _ownsFolder;
    private readonly Lock _gate = new();
    private readonly List<SiloNode> _silos = [];
    private readonly List<FrontendNode> _frontends = [];
    private int _named;

    private LocalCluster(LocalClusterOptions options, ClusterPostgres postgres, string folder)
    {
        Options = options;
        Postgres = postgres;
        Folder = folder;
        _ownsFolder = options.Folder is null;
    }

    public string Folder { get; }

    public ClusterPostgres Postgres { get; }

    /// <summary>Every silo there ever was in this cluster, running or not.</summary>
    public IReadOnlyList<SiloNode> Silos
    {
        get
        {
            lock (_gate)
                return [.. _silos];
        }
    }

    /// <summary>Every frontend there ever was in this cluster, running or not.</summary>
    public IReadOnlyList<FrontendNode> Frontends
    {
        get
        {
            lock (_gate)
                return [.. _frontends];
        }
    }

    internal LocalClusterOptions Options { get; }

    internal string Id { get; } = $"local-{Guid.NewGuid():N}";

    internal bool IsProxied => Options.IsProxied;

    /// <summary>The processes that run.</summary>
    internal IReadOnlyList<int> Pids => [.. Silos.Concat<ClusterNode>(Frontends).Select(node => node.RunningPid).OfType<int>()];

    /// <summary>Starts everything at once, and returns when all of it is ready.</summary>
    public static async Task<LocalCluster> StartAsync(LocalClusterOptions options, CancellationToken cancellationToken)
    {
        var folder = options.Folder ?? Directory.CreateTempSubdirectory("actors-cluster-").FullName;
        Directory.CreateDirectory(folder);
        var cluster = new LocalCluster(options, await ClusterPostgres.StartAsync(Path.Combine(folder, "postgres"), cancellationToken), folder);
        try
        {
            cluster.StartNodes();
            await cluster.WaitUntilReadyAsync(options.StartTimeout, cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one more silo; returns at once.</summary>
    /// <param name="morePacks">What it offers besides the packs of all silos; absolute paths.</param>
    public SiloNode AddSilo(IReadOnlyList<string>? morePacks = null)
    {
        var silo = new SiloNode(this, $"silo-{Interlocked.Increment(ref _named)}") { MorePacks = morePacks ?? [] };
        // It runs before others see it: what does not run, they start.
        silo.Start();
        lock (_gate)
            _silos.Add(silo);
        return silo;
    }

    /// <summary>Starts one more frontend; returns at once.</summary>
    public FrontendNode AddFrontend() => Start(new FrontendNode(this, $"frontend-{Interlocked.Increment(ref _named)}"));

    /// <summary>Waits for every process that runs.</summary>
    public Task WaitUntilReadyAsync(TimeSpan deadline, CancellationToken cancellationToken) => Task.WhenAll(
        Silos.Concat<ClusterNode>(Frontends).Where(node => node.IsRunning).Select(node => node.WaitUntilReadyAsync(deadline, cancellationToken)));

    /// <summary>
    /// Starts what does not run, and waits until all is ready. A silo may learn meanwhile that the others declared it dead, and end: it is started again,
    /// as whoever runs it would.
    /// </summary>
    /// <exception cref="TimeoutException">Something is not ready in time.</exception>
    public static async Task HealAsync(IReadOnlyCollection<ClusterNode> nodes, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            foreach (var node in nodes.Where(node => !node.IsRunning))
                node.Start();
            try
            {
                await Task.WhenAll(nodes.Select(node => node.WaitUntilReadyAsync(deadline, cancellationToken)));
                return;
            }
            catch (InvalidOperationException) when (nodes.Any(node => !node.IsRunning) && TimeProvider.System.GetElapsedTime(since) < deadline)
            {
                // It ended instead.
            }
        }
    }

    /// <summary>A key that speaks for a subject of a tenant; the tenant is made if it is missing.</summary>
    public async Task<string> IssueKeyAsync(string tenant, string subject, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Postgres.ConnectionString) { Pooling = false });
        await SchemaMigration.ApplyAsync(database, NullLogger.Instance, cancellationToken);
        await new TenantDirectory(database).CreateAsync(tenant, cancellationToken);
        var keys = new ApiKeys(database, Microsoft.Extensions.Options.Options.Create(new StorageOptions()), TimeProvider.System);
        return (await keys.IssueAsync(tenant, subject, cancellationToken: cancellationToken)).Plaintext;
    }

    /// <summary>Lets two silos hear nothing of each other, until the returned value is disposed.</summary>
    public static IDisposable Partition(SiloNode one, SiloNode other) => new Partition([.. Hold(one, other), .. Hold(other, one)]);

    /// <summary>Lets a silo hear nothing of other silos, and they of it, until the returned value is disposed. Frontends reach it.</summary>
    public IDisposable Isolate(SiloNode silo) =>
        new Partition([.. Silos.Where(other => other != silo).SelectMany(other => Hold(silo, other).Concat(Hold(other, silo)))]);

    /// <summary>Lets a process and Postgres hear nothing of each other, until the returned value is disposed.</summary>
    public static IDisposable CutFromDatabase(ClusterNode node) =>
        (node.Database ?? throw new InvalidOperationException("A partition needs a cluster with proxies.")).Hold(static _ => true);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Silos.Concat<ClusterNode>(Frontends))
            await node.DisposeAsync();
        await Postgres.DisposeAsync();
        if (_ownsFolder)
            Directory.Delete(Folder, recursive: true);
    }

    private void StartNodes()
    {
        if (Options.IsOneProcess)
        {
            Start(new StandaloneNode(this));
            return;
        }

        for (var silo = 0; silo < Options.Silos; silo++)
            AddSilo();
        for (var frontend = 0; frontend < Options.Frontends; frontend++)
            AddFrontend();
    }

    private FrontendNode Start(FrontendNode frontend)
    {
        frontend.Start();
        lock (_gate)
            _frontends.Add(frontend);
        return frontend;
    }

    /// <summary>Holds what one says to the other; also after the one was started again.</summary>
    private static IEnumerable<IDisposable> Hold(SiloNode from, SiloNode to) => to.Hold(owner => owner is { } pid && pid == from.RunningPid);
}
