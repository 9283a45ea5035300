using System.Collections.Immutable;
using System.Net;
using System.Text;
using Actors.Frontend.Placement;
using Actors.Tenants;
using Actors.Tools;
using Orleans.Runtime;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>Which silo gets which call, while not all silos have the same packs.</summary>
public sealed class PlacementTests
{
    private static readonly SiloAddress[] Silos = [.. Enumerable.Range(1, 3).Select(i => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11110 + i), 1))];

    [Fact]
    public void A_tool_that_one_silo_has_is_called_there_and_one_of_all_in_turn()
    {
        var places = Places(Tool("new", "{}", 2), Tool("old", "{}", 0, 1, 2));
        var turns = new SiloTurns(TimeProvider.System);

        Assert.All(Enumerable.Range(0, 5), _ => Assert.Equal(Silos[2], turns.Next(places.Of(Call("tools/call", "new")).Silos)));
        var inTurn = Enumerable.Range(0, 6).Select(_ => turns.Next(places.Of(Call("tools/call", "old")).Silos)).ToList();
        Assert.All(Silos, silo => Assert.Equal(2, inTurn.Count(taken => silo.Equals(taken))));
    }

    [Theory]
    [InlineData("{}", false)]
    [InlineData("{\"annotations\":{}}", false)]
    [InlineData("{\"annotations\":{\"readOnlyHint\":false,\"idempotentHint\":false}}", false)]
    [InlineData("{\"annotations\":{\"readOnlyHint\":true}}", true)]
    [InlineData("{\"annotations\":{\"idempotentHint\":true}}", true)]
    public void A_tool_runs_twice_only_where_its_author_says_that_this_is_harmless(string definition, bool repeatable) =>
        Assert.Equal(repeatable, Places(Tool("it", definition, 0)).Of(Call("tools/call", "it")).IsRepeatable);

    [Fact]
    public void An_entry_that_names_no_silo_or_an_unknown_one_is_called_anywhere()
    {
        var places = Places(Tool("silent", "{}"), Tool("wrong", "{}", 7));

        Assert.Equal(Silos, places.Of(Call("tools/call", "silent")).Silos);
        Assert.Equal(Silos, places.Of(Call("tools/call", "wrong")).Silos);
    }

    [Fact]
    public void A_resource_that_is_not_listed_is_read_where_there_are_templates_and_a_listed_one_where_it_is()
    {
        var places = new CallPlaces(new Catalogue
        {
            Version = "1",
            Silos = Known,
            Resources = [new PrimitiveEntry("test://one", []) { Silos = [0] }],
            ResourceTemplates = [new PrimitiveEntry("test://{any}", []) { Silos = [1] }],
        });

        Assert.Equal(new CallPlace([Silos[0]], true).Silos, places.Of(Call("resources/read", "test://one")).Silos);
        Assert.Equal([Silos[1]], places.Of(Call("resources/read", "test://two")).Silos);
        Assert.True(places.Of(Call("resources/read", "test://two")).IsRepeatable);
    }

    [Fact]
    public void A_silo_that_did_not_answer_is_passed_over_unless_there_is_no_other()
    {
        var turns = new SiloTurns(TimeProvider.System);
        turns.Avoid(Silos[1]);

        Assert.All(Enumerable.Range(0, 9), _ => Assert.NotEqual(Silos[1], turns.Next([.. Silos])));
        Assert.Equal(Silos[1], turns.Next([Silos[1]]));
        Assert.Null(turns.Next([]));
    }

    private static ImmutableArray<CatalogueSilo> Known => [.. Silos.Select((address, i) => new CatalogueSilo(address, $"silo-{i}"))];

    private static CallPlaces Places(params ToolEntry[] tools) => new(new Catalogue { Version = "1", Silos = Known, Tools = [.. tools] });

    private static ToolEntry Tool(string name, string definition, params int[] silos) =>
        new() { Name = name, Definition = Encoding.UTF8.GetBytes(definition), Silos = [.. silos] };

    private static PrimitiveCall Call(string method, string name) => new()
    {
        Caller = new Principal("acme", "actors", "ada", "key"),
        Method = method,
        Name = name,
        Params = [],
        ProtocolVersion = Wire.Version,
        ClientCapabilities = [],
    };
}
