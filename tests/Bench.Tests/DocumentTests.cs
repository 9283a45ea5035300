using Actors.Bench.Simulation.Tables;
using Actors.Checkout;

namespace Actors.Bench.Tests;

public sealed class DocumentTests
{
    private static readonly string Scaling = File.ReadAllText(Path.Combine(Repository.Root, "docs/scaling.md"));

    [Fact]
    public void Every_table_has_its_place_in_the_document_on_scaling_and_every_place_its_table()
    {
        var replaced = MarkedTables.Replace(Scaling, Report.Names.Select(name => (name, $"| table of {name} |\n")));

        Assert.All(Report.Names, name => Assert.Contains($"{MarkedTables.BeginOf(name)}\n| table of {name} |\n<!--", replaced, StringComparison.Ordinal));
        Assert.Equal(Report.Names.Count, replaced.Split("<!-- simulated: ").Length - 1);
    }

    [Fact]
    public void Only_what_is_between_the_marks_is_replaced()
    {
        var document = $"before\n{MarkedTables.BeginOf("a")}\nold\n<!-- end of simulated -->\nafter\n";

        var once = MarkedTables.Replace(document, [("a", "new\n")]);

        Assert.Equal($"before\n{MarkedTables.BeginOf("a")}\nnew\n<!-- end of simulated -->\nafter\n", once);
        Assert.Equal(once, MarkedTables.Replace(once, [("a", "new\n")]));
    }

    [Fact]
    public void A_document_without_the_marks_is_refused() =>
        Assert.Throws<ArgumentException>(() => MarkedTables.Replace("nothing", [("a", "new\n")]));
}
