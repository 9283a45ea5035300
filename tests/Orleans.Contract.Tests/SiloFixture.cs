using Orleans.Configuration;
using Orleans.Hosting;

[assembly: AssemblyFixture(typeof(Orleans.Contract.Tests.SiloFixture))]

namespace Orleans.Contract.Tests;

/// <summary>The silo of every test that needs no options of its own.</summary>
public sealed class SiloFixture : IAsyncLifetime
{
    private TestSilo? _silo;

    public IGrainFactory Grains => _silo!.Grains;

    public IServiceProvider Services => _silo!.Host.Services;

    public async ValueTask InitializeAsync() => _silo = await TestSilo.StartAsync(silo =>
        silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromHours(1)));

    public ValueTask DisposeAsync() => _silo!.DisposeAsync();

    public static string NewKey() => Guid.NewGuid().ToString("N");
}
