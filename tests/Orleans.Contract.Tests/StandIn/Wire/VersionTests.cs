using System.Text;
using Orleans.Serialization.Wire;

namespace Orleans.Contract.Tests.StandIn.Wire;

/// <summary>Two versions of a type beside each other: what one writes, the other reads.</summary>
public sealed class VersionTests
{
    [Fact]
    public void A_member_that_the_reader_does_not_know_is_passed_over()
    {
        var newer = new PersonV2 { Name = "Ann", Nick = "A", Tags = ["x", "y"], Friends = [new Animal { Name = "Rex" }], Age = 3 };
        var older = As<PersonV1>(newer);
        Assert.Equal("Ann", older.Name);
        Assert.Equal(3, older.Age);
    }

    [Fact]
    public void A_member_that_the_writer_does_not_know_has_the_default_of_its_initialiser()
    {
        var newer = As<PersonV2>(new PersonV1 { Name = "Ann", Age = 3 });
        Assert.Equal("Ann", newer.Name);
        Assert.Equal(3, newer.Age);
        Assert.Equal("nobody", newer.Nick);
        Assert.Empty(newer.Friends);
        Assert.Equal(["initial"], newer.Tags);
        Assert.Equal(Level.High, newer.Level);
        Assert.Empty(newer.Plain);
    }

    [Fact]
    public void A_member_that_is_empty_is_not_taken_for_an_unknown_one()
    {
        var copy = WireFormat.RoundTrip(new PersonV2 { Nick = null!, Tags = [], Level = Level.Low, Friends = null! });
        Assert.Null(copy.Nick);
        Assert.Null(copy.Friends);
        Assert.False(copy.Tags.IsDefault);
        Assert.Empty(copy.Tags);
        Assert.Equal(Level.Low, copy.Level);
    }

    [Fact]
    public void An_ImmutableArray_is_never_left_without_an_array_unless_it_was()
    {
        Assert.Equal([], As<WithArray>(new Nobody()).Values);
        Assert.False(As<WithArray>(new Nobody()).Values.IsDefault);
        Assert.True(WireFormat.RoundTrip(new WithArray(default)).Values.IsDefault);
        Assert.False(WireFormat.RoundTrip(new WithArray([])).Values.IsDefault);
    }

    [Fact]
    public void A_parameter_that_the_writer_does_not_know_has_its_default()
    {
        var newer = As<OrderV2>(new OrderV1("o"));
        Assert.Equal(new OrderV2("o", 7, "none", Level.High, null), newer);
    }

    [Fact]
    public void A_level_of_the_hierarchy_that_the_reader_does_not_know_is_passed_over()
    {
        var plain = As<Lone>(new Dog { Name = "Rex", Age = 4, Friend = new Animal() });
        Assert.Equal("Rex", plain.Name);
    }

    [Fact]
    public void A_level_of_the_hierarchy_that_the_writer_does_not_know_has_defaults()
    {
        var dog = As<Dog>(new Lone { Name = "Rex" });
        Assert.Equal("Rex", dog.Name);
        Assert.Equal(0, dog.Age);
        Assert.Equal("wuff", dog.Sound);
    }

    [Fact]
    public void An_enums_value_without_a_name_survives() =>
        Assert.Equal((Level)200, WireFormat.RoundTrip(new PersonV2 { Level = (Level)200 }).Level);

    [Fact]
    public void A_number_may_grow_and_a_member_may_become_nullable()
    {
        var wide = As<Wider>(new Narrow { Number = -5, Small = 7, When = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), Text = "t" });
        Assert.Equal(-5, wide.Number);
        Assert.Equal((ushort)7, wide.Small);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), wide.When);
        Assert.Equal("t", wide.Text);
        var narrow = As<Narrow>(wide);
        Assert.Equal((-5, (byte)7, wide.When), (narrow.Number, narrow.Small, narrow.When));
        Assert.Throws<Serialization.SerializerException>(() => As<Narrow>(new Wider { Number = long.MaxValue }));
    }

    [Fact]
    public void A_number_where_a_text_was_is_an_error_that_says_so()
    {
        var refusal = Assert.Throws<Serialization.SerializerException>(() => As<PersonV1>(new Numbers { Zero = 5 }));
        Assert.Contains("String", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_within_an_unknown_member_can_be_referred_to_from_a_known_one()
    {
        var rex = new Animal { Name = "Rex" };
        var pair = new TwoAnimals { First = rex, Second = rex, Third = new Animal { Name = "Other" } };
        pair.Fourth = pair.Third;
        rex.Friend = rex;
        var known = As<LaterAnimals>(pair);
        Assert.Equal("Rex", known.Second!.Name);
        Assert.Same(known.Second, known.Second.Friend);
        Assert.Equal("Other", known.Third!.Name);
        Assert.Same(known.Third, known.Fourth);
    }

    [Fact]
    public void An_object_read_on_its_own_first_is_the_same_within_what_holds_it()
    {
        var inner = new Animal { Name = "inner" };
        var outer = new Animal { Name = "outer", Friend = inner };
        var known = As<LaterAnimals>(new TwoAnimals { First = outer, Second = inner, Third = outer, Fourth = inner });
        Assert.Equal(("inner", "outer"), (known.Second!.Name, known.Third!.Name));
        Assert.Same(known.Second, known.Third.Friend);
        Assert.Same(known.Second, known.Fourth);
    }

    [Fact]
    public void A_type_named_first_within_an_unknown_member_is_known_by_its_number_later()
    {
        var loose = new LooseV2 { New = new Dog { Name = "a" }, Old = new Dog { Name = "b", Age = 2 } };
        Assert.Equal(2, Assert.IsType<Dog>(As<LooseV1>(loose).Old).Age);
    }

    [Theory]
    [InlineData("contract.dog")]
    [InlineData("contract.hound")]
    [InlineData("Orleans.Contract.Tests.StandIn.Wire.Dog")]
    public void A_type_is_found_by_each_of_its_names(string name) =>
        Assert.Equal(typeof(Dog), TypeNames.Resolve(Encoding.UTF8.GetBytes(name)).Type);

    [Fact]
    public void A_type_is_written_by_its_first_alias_and_a_generic_one_with_its_arguments()
    {
        Assert.Equal("contract.dog", TypeNames.Of(typeof(Dog)));
        Assert.Equal("contract.labelled<System.Collections.Generic.List`1<contract.dog[]>>", TypeNames.Of(typeof(Labelled<List<Dog[]>>)));
        Assert.Equal(typeof(Labelled<List<Dog[]>>), TypeNames.Resolve(TypeNames.BytesOf(typeof(Labelled<List<Dog[]>>))).Type);
    }

    private static T As<T>(object written)
        where T : class
    {
        // Written as exactly its own type, the message does not name it.
        var message = (byte[])typeof(WireFormat).GetMethod(nameof(WireFormat.Write))!.MakeGenericMethod(written.GetType()).Invoke(null, [written])!;
        return WireFormat.Read<T>(message);
    }
}
