using Orleans.Runtime;

namespace Orleans.Contract.Tests.Identity;

public sealed class IdentityTests(SiloFixture silo)
{
    [Theory]
    [InlineData("plain")]
    [InlineData("acme/0198-job")]
    [InlineData("with spaces, ünï and +/")]
    public async Task A_string_key_arrives_as_it_was_given(string key) =>
        Assert.Equal(key, await silo.Grains.GetGrain<IStringGrain>(key).KeyAsync());

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public async Task An_integer_key_arrives_as_it_was_given(long key) =>
        Assert.Equal(key, await silo.Grains.GetGrain<INumberGrain>(key).KeyAsync());

    [Fact]
    public async Task A_compound_key_arrives_as_it_was_given()
    {
        var key = Guid.NewGuid();
        var grain = silo.Grains.GetGrain<IGuidGrain>(key, "more");
        Assert.Equal(key, await grain.KeyAsync());
        Assert.Equal("more", await grain.ExtensionAsync());
    }

    [Fact]
    public async Task A_grain_id_is_the_class_name_in_lower_case_without_Grain_and_the_key() =>
        Assert.Equal("string/some key", await silo.Grains.GetGrain<IStringGrain>("some key").IdAsync());

    [Fact]
    public void A_GrainType_attribute_names_the_grain_type() =>
        Assert.Equal("contract-number/2A", silo.Grains.GetGrain<INumberGrain>(42).GetGrainId().ToString());

    [Fact]
    public async Task A_grain_can_be_found_by_its_id()
    {
        var id = GrainId.Create("string", "by id");
        Assert.Equal("by id", await silo.Grains.GetGrain<IStringGrain>(id).KeyAsync());
        Assert.Equal(id, GrainId.Parse("string/by id"));
    }

    [Fact]
    public void References_to_one_grain_are_equal()
    {
        var one = (GrainReference)silo.Grains.GetGrain<IStringGrain>("one");
        Assert.Equal(one, (GrainReference)silo.Grains.GetGrain<IStringGrain>("one"));
        Assert.NotEqual(one, (GrainReference)silo.Grains.GetGrain<IStringGrain>("two"));
        Assert.Equal(one.GetHashCode(), ((GrainReference)silo.Grains.GetGrain<IStringGrain>("one")).GetHashCode());
    }

    [Fact]
    public void An_interface_without_a_grain_class_is_refused() =>
        Assert.Throws<ArgumentException>(() => silo.Grains.GetGrain<INobodysGrain>("x"));
}
