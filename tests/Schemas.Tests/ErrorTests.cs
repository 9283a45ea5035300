using Xunit;

namespace Actors.Schemas.Tests;

public sealed class ErrorTests
{
    [Fact]
    public void An_error_names_the_place_the_rule_and_what_was_found()
    {
        var error = Assert.Single(Check.Errors(
            """{"properties":{"items":{"items":{"properties":{"name":{"type":"string"}}}}}}""", """{"items":[{},{},{"name":7}]}"""));

        Assert.Equal("/items/2/name", error.InstancePath);
        Assert.Equal("arguments.items[2].name", error.Place);
        Assert.Equal("#/properties/items/items/properties/name/type", error.SchemaPath);
        Assert.Equal("type", error.Keyword);
        Assert.Equal("arguments.items[2].name must be a string; found the number 7.", error.Message);
    }

    [Theory]
    [InlineData("""{"type":"integer"}""", "1.5", "arguments must be an integer; found the number 1.5.")]
    [InlineData("""{"type":["string","null"]}""", "[1]", "arguments must be a string or null; found an array of 1 item.")]
    [InlineData("""{"required":["a"]}""", "{}", "arguments lacks the required property 'a'.")]
    [InlineData("""{"minimum":0}""", "-1", "arguments must be at least 0; found the number -1.")]
    [InlineData("""{"exclusiveMaximum":10}""", "10", "arguments must be less than 10; found the number 10.")]
    [InlineData("""{"multipleOf":0.1}""", "0.35", "arguments must be a multiple of 0.1; found the number 0.35.")]
    [InlineData("""{"maxLength":2}""", "\"abc\"", "arguments must be at most 2 characters long; found 3.")]
    [InlineData("""{"minItems":1}""", "[]", "arguments must have at least 1 item; found 0.")]
    [InlineData("""{"pattern":"^a+$"}""", "\"b\"", "arguments must match the pattern ^a+$; found the string \"b\".")]
    [InlineData("""{"enum":["red","green"]}""", "\"blue\"", "arguments must be one of \"red\", \"green\"; found the string \"blue\".")]
    [InlineData("""{"const":1}""", "2", "arguments must be 1; found the number 2.")]
    [InlineData("""{"uniqueItems":true}""", "[1,2,1.0]", "arguments must hold no item twice; the items 0 and 2 are equal: the number 1.0.")]
    [InlineData("""{"properties":{"a b":false}}""", """{"a b":1}""", "arguments[\"a b\"] is not allowed here; found the number 1.")]
    [InlineData("""{"prefixItems":[true],"items":false}""", "[1,2]", "arguments must have at most 1 item; found one more, the number 2.")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"a":1}""", "arguments lacks the property 'b', which is required where 'a' is there.")]
    [InlineData("""{"contains":{"const":1}}""", "[2]", "arguments must contain at least 1 item that fits the schema of contains; found 0.")]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2},{"minimum":3}]}""", "2", "arguments must fit exactly one of 3 alternatives; it fits number 1 and number 2.")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "1", "arguments must be a string or null; found the number 1.")]
    public void A_sentence_says_what_was_expected_and_what_was_found(string schema, string instance, string message) =>
        Assert.Equal(message, Assert.Single(Check.Errors(schema, instance)).Message);

    [Theory]
    [InlineData("""{"usr_id":1}""", "Did you mean 'user_id'?")]
    [InlineData("""{"userId":1}""", "Did you mean 'user_id'?")]
    [InlineData("""{"entirely_other":1}""", "Known are: count, user_id.")]
    public void An_unknown_property_is_named_with_the_nearest_known(string instance, string hint)
    {
        var error = Assert.Single(Check.Errors("""{"properties":{"user_id":{},"count":{}},"additionalProperties":false}""", instance));

        Assert.Equal("additionalProperties", error.Keyword);
        Assert.EndsWith(hint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_closest_alternative_is_told()
    {
        const string schema = """
            {"oneOf":[
              {"properties":{"kind":{"const":"circle"},"radius":{"type":"number"}},"required":["kind","radius"]},
              {"properties":{"kind":{"const":"square"},"side":{"type":"number"}},"required":["kind","side"]},
              {"type":"string"}]}
            """;

        var errors = Check.Errors(schema, """{"kind":"square","side":"long"}""");

        Assert.Equal(["oneOf", "type"], errors.Select(error => error.Keyword));
        Assert.Contains("the closest is number 2", errors[0].Message, StringComparison.Ordinal);
        Assert.Equal("arguments.side must be a number; found the string \"long\".", errors[1].Message);
    }

    [Fact]
    public void A_long_value_is_cut()
    {
        var error = Assert.Single(Check.Errors("""{"type":"integer"}""", $"\"{new string('x', 5_000)}\""));

        Assert.InRange(error.Message.Length, 80, 160);
    }

    [Fact]
    public void Errors_are_counted_out()
    {
        var options = new SchemaOptions { Limits = new SchemaLimits { MaxErrors = 3 } };
        var verdict = Check.Verdict("""{"items":{"type":"string"}}""", "[1,2,3,4,5]", options);

        Assert.Equal(["/0", "/1", "/2"], verdict.Errors.Select(error => error.InstancePath));
        Assert.False(verdict.IsUndecided);
    }
}
