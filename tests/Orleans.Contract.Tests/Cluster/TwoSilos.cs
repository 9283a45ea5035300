using Actors.Testing;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Orleans.Contract.Tests.Cluster;

/// <summary>Two silos and a client outside, for the tests that leave them as they are.</summary>
public sealed class TwoSilos(PostgresServer server) : IAsyncLifetime
{
    internal TestCluster Cluster { get; private set; } = null!;

    internal IHost[] Silos { get; private set; } = [];

    internal IHost Client { get; private set; } = null!;

    internal IGrainFactory Grains => TestCluster.GrainsOf(Client);

    public async ValueTask InitializeAsync()
    {
        Cluster = await TestCluster.CreateAsync(server);
        Silos = [await Cluster.AddSiloAsync(Configure), await Cluster.AddSiloAsync(Configure)];
        Client = await Cluster.AddClientAsync(client => client.AddActivityPropagation());
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    private static void Configure(ISiloBuilder silo) => silo.AddActivityPropagation();
}
