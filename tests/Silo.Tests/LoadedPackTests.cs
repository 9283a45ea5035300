using Actors.Jobs;
using Actors.Testing;
using Actors.Tools;

namespace Actors.Silo.Tests;

/// <summary>A pack that is nowhere in this process, loaded from its folder.</summary>
public sealed class LoadedPackTests(PostgresServer server)
{
    [Fact]
    public async Task A_pack_by_path_offers_its_tools_and_runs_them()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "packs", "FixturePack", "Actors.FixturePack.dll");
        await using var silo = await TestSilo.StartAsync(
            await server.CreateDatabaseAsync(), builder => { }, new() { ["Actors:ToolPacks:Paths:0"] = folder });
        var catalogue = await silo.Grains.GetGrain<ICatalogueGrain>(0).GetAsync();
        Assert.NotNull(catalogue.Tools.Single(t => t.Name == "slow_compute").Job);
        Assert.Contains(catalogue.Tools, t => t.Name == "json_schema_2020_12_tool");

        var done = await silo.RunAsync(Ask.Tool("slow_compute", new { seconds = 0, label = "it" }));
        Assert.Equal((JobStatus.Completed, "Computed it."), (done.Status, Ask.Text(done.Result)));
        var schema = await silo.CallAsync(Ask.Tool("json_schema_2020_12_tool"));
        Assert.Equal("The arguments are as the schema says.", Ask.Text(schema.Result));
    }
}
