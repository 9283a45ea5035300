using Xunit;

namespace Actors.Schemas.Tests;

/// <summary>Schemas of older drafts, as tools in the field have them.</summary>
public sealed class DialectTests
{
    private const string Draft07 = """{"$schema":"http://json-schema.org/draft-07/schema#",""";

    [Theory]
    [InlineData("""
        "properties":{"a":{"$ref":"#/definitions/a"}},"definitions":{"a":{"type":"string"}}}
        """, """{"a":"x"}""", """{"a":1}""")]
    [InlineData("""
        "items":[{"type":"string"},{"type":"number"}],"additionalItems":false}
        """, """["a",1]""", """["a",1,2]""")]
    [InlineData("""
        "dependencies":{"a":["b"],"c":{"required":["d"]}}}
        """, """{"a":1,"b":1,"c":1,"d":1}""", """{"a":1,"b":1,"c":1}""")]
    [InlineData("""
        "properties":{"a":{"$ref":"#named","type":"number"}},"definitions":{"n":{"$id":"#named","type":"string"}}}
        """, """{"a":"x"}""", """{"a":1}""")]
    [InlineData("""
        "if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}
        """, """{"a":1,"b":1}""", """{"a":1}""")]
    public void A_draft_07_schema_means_what_it_meant(string schema, string good, string bad)
    {
        Assert.True(Check.Verdict(Draft07 + schema, good).IsValid);
        Assert.False(Check.Verdict(Draft07 + schema, bad).IsValid);
    }

    [Fact]
    public void A_format_is_asserted_only_where_asked()
    {
        const string schema = """{"format":"date"}""";

        Assert.True(Check.Verdict(schema, "\"soon\"").IsValid);
        Assert.False(Check.Verdict(schema, "\"soon\"", new SchemaOptions { AssertFormats = true }).IsValid);
    }

    [Fact]
    public void A_metaschema_is_known_without_a_network() =>
        Assert.False(Check.Verdict("""{"$ref":"http://json-schema.org/draft-07/schema#"}""", """{"type":5}""").IsValid);
}
