using System.Reflection;
using System.Text.Json;
using Actors.Silo.Packs;
using Actors.Tools;
using ModelContextProtocol.Server;

namespace Actors.Silo.Tests;

public sealed class CatalogueTests(SiloFixture fixture) : IClassFixture<SiloFixture>
{
    private ValueTask<Catalogue> CatalogueAsync() => fixture.Silo.Grains.GetGrain<ICatalogueGrain>(0).GetAsync();

    [Fact]
    public async Task Tools_are_listed_by_name_with_their_terms_and_untouched_schemas()
    {
        var catalogue = await CatalogueAsync();
        Assert.Equal(catalogue.Tools.Select(t => t.Name).Order(StringComparer.Ordinal), catalogue.Tools.Select(t => t.Name));
        var greet = catalogue.Tools.Single(t => t.Name == "greet");
        Assert.Null(greet.Job);
        var properties = JsonElement.Parse(greet.Definition).GetProperty("inputSchema").GetProperty("properties");
        Assert.Equal(["name"], properties.EnumerateObject().Select(p => p.Name));
        Assert.Equal(Jobs.JobStart.OnDemand, catalogue.Tools.Single(t => t.Name == "on_demand").Job!.Start);
    }

    [Fact]
    public async Task Header_parameters_are_found_with_their_types()
    {
        var routed = (await CatalogueAsync()).Tools.Single(t => t.Name == "routed");
        Assert.Equal([("Region", "region", "string"), ("Level", "level", "integer")],
            routed.HeaderParameters.Select(h => (h.Header, h.Path.Single(), h.JsonType)));
        Assert.Equal("Region", JsonElement.Parse(routed.Definition).GetProperty("inputSchema")
            .GetProperty("properties").GetProperty("region").GetProperty("x-mcp-header").GetString());
    }

    [Fact]
    public async Task Prompts_resources_and_templates_are_listed()
    {
        var catalogue = await CatalogueAsync();
        Assert.Equal(["review"], catalogue.Prompts.Select(p => p.Name));
        Assert.Equal(["test://motd"], catalogue.Resources.Select(p => p.Name));
        Assert.Equal(["test://page/{number}"], catalogue.ResourceTemplates.Select(p => p.Name));
        Assert.NotEmpty(catalogue.Version);
    }

    [Fact]
    public async Task A_watcher_gets_the_catalogue_at_once()
    {
        await foreach (var catalogue in fixture.Silo.Grains.GetGrain<ICatalogueGrain>(0).WatchAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal((await CatalogueAsync()).Version, catalogue.Version);
            return;
        }

        Assert.Fail("The watch ended without a catalogue.");
    }

    [Fact]
    public void Two_tools_of_one_name_are_refused_with_both_methods_named()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => PackContent.Index(
            [Loaded(nameof(One)), Loaded(nameof(Two))]));
        Assert.Contains("'twin'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("CatalogueTests.One", refused.Message, StringComparison.Ordinal);
        Assert.Contains("CatalogueTests.Two", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pack_that_is_not_there_is_named()
    {
        var options = new ToolPackOptions { Paths = { "/nowhere/pack.dll" } };
        var refused = Assert.Throws<InvalidOperationException>(() => ToolPacks.Load(options).ToList());
        Assert.Contains("/nowhere/pack.dll", refused.Message, StringComparison.Ordinal);
    }

    [McpServerTool(Name = "twin")]
    private static string One() => "";

    [McpServerTool(Name = "twin")]
    private static string Two() => "";

    private static LoadedTool Loaded(string method)
    {
        var info = typeof(CatalogueTests).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!;
        return new LoadedTool(McpServerTool.Create(info, target: null), info, null);
    }
}
