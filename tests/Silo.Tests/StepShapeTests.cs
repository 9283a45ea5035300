using Actors.Silo.Attempts;

namespace Actors.Silo.Tests;

public sealed class StepShapeTests
{
    [Theory]
    [InlineData(typeof(int), "System.Int32 Int32")]
    [InlineData(typeof(int?), "System.Nullable`1[System.Int32] Int32?")]
    [InlineData(typeof(string[]), "System.String[] [String]")]
    [InlineData(typeof(Dictionary<string, int>), "System.Collections.Generic.Dictionary`2[System.String,System.Int32] {*: Int32}")]
    [InlineData(typeof(Leaf), "Actors.Silo.Tests.StepShapeTests+Leaf {at: DateTimeOffset, name: String}")]
    [InlineData(typeof(Tree), "Actors.Silo.Tests.StepShapeTests+Tree {branches: [Tree], leaf: {at: DateTimeOffset, name: String}}")]
    public void It_says_the_types_name_and_the_shape_of_its_json(Type type, string shape) => Assert.Equal(shape, StepShape.Of(type));

    [Fact]
    public void A_long_one_is_cut_and_still_told_apart()
    {
        var one = StepShape.Of(typeof(Wide<Wide<Wide<Leaf>>>));
        var other = StepShape.Of(typeof(Wide<Wide<Wide<Tree>>>));
        Assert.All([one, other], shape => Assert.InRange(shape.Length, 500, 600));
        Assert.NotEqual(one, other);
    }

    public sealed record Leaf(string Name, DateTimeOffset At);

    public sealed record Tree(Leaf Leaf, Tree[] Branches);

    public sealed record Wide<T>(
        T FirstOfTheManyMembers, T SecondOfTheManyMembers, T ThirdOfTheManyMembers, T FourthOfTheManyMembers, T FifthOfTheManyMembers);
}
