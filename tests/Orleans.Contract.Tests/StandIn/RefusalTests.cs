using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Contract.Tests.Identity;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn;

/// <summary>What the stand-in does not cover says so, in a sentence, where it is asked for.</summary>
public sealed class RefusalTests(SiloFixture silo)
{
    [Fact]
    public void A_client_of_a_localhost_cluster_is_refused() =>
        AssertRefused(() => Host.CreateApplicationBuilder().UseOrleansClient(client => client.UseLocalhostClustering()));

    [Fact]
    public async Task A_database_other_than_PostgreSQL_is_refused()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(silo => silo.UseAdoNetClustering((AdoNetClusteringSiloOptions options) => options.Invariant = "MySql.Data.MySqlClient"));
        using var host = builder.Build();
        var refusal = await Assert.ThrowsAsync<NotSupportedException>(() => host.StartAsync());
        Assert.Contains("stand-in", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_silo_of_a_localhost_cluster_is_refused() =>
        AssertRefused(() => Host.CreateApplicationBuilder().UseOrleans(builder =>
            builder.UseLocalhostClustering(siloPort: 11112, primarySiloEndpoint: new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 11111))));

    [Fact]
    public void An_object_reference_is_refused() =>
        AssertRefused(() => silo.Grains.CreateObjectReference<IGrainObserver>(null!));

    [Fact]
    public void A_grain_found_by_the_name_of_its_interface_is_refused() =>
        AssertRefused(() => silo.Grains.GetGrain(GrainId.Create("string", "x"), GrainInterfaceType.Create("IStringGrain")));

    [Fact]
    public async Task A_generic_grain_method_is_refused()
    {
        var grain = silo.Grains.GetGrain<IGenericMethodGrain>("x");
        Assert.Equal(1, await grain.PlainAsync());
        var refusal = await Assert.ThrowsAsync<NotSupportedException>(async () => await grain.GenericAsync(1));
        Assert.Contains("stand-in", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_without_clustering_does_not_start()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(_ => { });
        using var host = builder.Build();
        await Assert.ThrowsAsync<OrleansConfigurationException>(() => host.StartAsync());
    }

    [Fact]
    public async Task A_call_before_the_silo_has_started_fails_and_says_so()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(silo => silo.UseLocalhostClustering());
        using var host = builder.Build();
        var grain = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IStringGrain>("x");
        await Assert.ThrowsAsync<OrleansMessageRejectionException>(grain.KeyAsync);
    }

    private static void AssertRefused(Action use) =>
        Assert.Contains("stand-in", Assert.Throws<NotSupportedException>(use).Message, StringComparison.Ordinal);
}
