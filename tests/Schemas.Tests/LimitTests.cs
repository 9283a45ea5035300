using System.Text;
using Xunit;

namespace Actors.Schemas.Tests;

/// <summary>Schemas and instances that mean harm: each ends soon, with an error that names the limit.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData("""{"$ref":"#"}""", "without end")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"allOf":[{"$ref":"#/$defs/b"}]},"b":{"$ref":"#/$defs/a"}}}""", "without end")]
    [InlineData("""{"$ref":"https://example.com/other"}""", "https://example.com/other")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "leads nowhere")]
    [InlineData("""{"$ref":"#none"}""", "leads nowhere")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-04/schema#"}""", "draft-04")]
    [InlineData("""{"type":"strin"}""", "strin")]
    [InlineData("""{"minLength":-1}""", "minLength")]
    [InlineData("""{"properties":[]}""", "properties")]
    [InlineData("""{"pattern":"(a"}""", "(a")]
    [InlineData("""{"pattern":"\\a"}""", "\\a")]
    [InlineData("""{"allOf":[7]}""", "an object or a boolean")]
    [InlineData("7", "an object or a boolean")]
    [InlineData("{", "no JSON")]
    [InlineData("""{"const":"\ud800"}""", "Unicode")]
    public void A_schema_that_cannot_be_used_says_why(string schema, string reason) =>
        Assert.Contains(reason, Check.Fault(schema).Message, StringComparison.Ordinal);

    [Fact]
    public void A_schemas_size_depth_subschemas_and_patterns_are_limited()
    {
        var options = new SchemaOptions { Limits = new SchemaLimits { MaxSchemaBytes = 300, MaxSchemaDepth = 5, MaxSubschemas = 4, MaxPatternLength = 5 } };

        Assert.Contains("300", Check.Fault($$"""{"title":"{{new string('x', 300)}}"}""", options).Message, StringComparison.Ordinal);
        Assert.Contains("5 levels", Check.Fault("""{"not":{"not":{"not":{"not":{"not":{}}}}}}""", options).Message, StringComparison.Ordinal);
        Assert.Contains("4 subschemas", Check.Fault("""{"allOf":[true,true,true,true]}""", options).Message, StringComparison.Ordinal);
        Assert.Contains("5 characters", Check.Fault("""{"pattern":"abcdef"}""", options).Message, StringComparison.Ordinal);
        Check.Compile("""{"allOf":[true,true,true],"pattern":"abcde"}""", options);
    }

    [Fact]
    public void An_instances_size_and_depth_are_limited()
    {
        var options = new SchemaOptions { Limits = new SchemaLimits { MaxInstanceBytes = 200, MaxInstanceDepth = 3 } };

        Assert.True(Check.Verdict("{}", "[[[1]]]", options).IsValid);
        Assert.True(Check.Verdict("{}", "[[[[1]]]]", options).IsUndecided);
        Assert.True(Check.Compile("{}", options).Validate(Check.Json("[[[[11111]]]]")).IsUndecided);
        Assert.True(Check.Compile("{}", options).Validate(Check.Json($"\"{new string('x', 200)}\"")).IsUndecided);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_an_error_and_no_exception() =>
        Assert.True(Check.Compile("""{"maxLength":3}""").Validate(Check.Json("\"\\ud800\"")).IsUndecided);

    [Fact]
    public void A_reference_that_only_some_instances_follow_without_end_is_ended()
    {
        var schema = Check.Compile("""{"anyOf":[{"type":"string"},{"$ref":"#"}]}""");

        Assert.True(schema.Validate(Check.Json("\"text\"")).IsValid);
        Assert.True(schema.Validate(Check.Json("7")).IsUndecided);
    }

    [Fact]
    public void Exponential_composition_runs_out_of_steps_the_same_way_each_time()
    {
        var schema = new StringBuilder("""{"$ref":"#/$defs/d40","$defs":{"d0":{"type":"string"}""");
        for (var i = 1; i <= 40; i++)
            schema.Append($$""","d{{i}}":{"anyOf":[{"$ref":"#/$defs/d{{i - 1}}"},{"$ref":"#/$defs/d{{i - 1}}"}]}""");
        var compiled = Check.Compile(schema.Append("}}").ToString());

        Assert.True(compiled.Validate(Check.Json("\"text\"")).IsValid);
        var error = Assert.Single(compiled.Validate(Check.Json("7")).Errors);
        Assert.Equal(SchemaError.Limit, error.Keyword);
        Assert.Contains("2000000 steps", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|aa)+$")]
    [InlineData("(?=a)^(a+)+$")]
    public void An_evil_pattern_ends(string pattern)
    {
        var instance = $"[\"{new string('a', 40)}!\"]";
        var verdict = Check.Compile($$$"""{"items":{"pattern":"{{{pattern}}}"}}""").Validate(Check.Json(instance));

        // Without backtracking it is decided; with it, the timeout ends it.
        Assert.False(verdict.IsValid);
        Assert.Equal(pattern.StartsWith("(?=", StringComparison.Ordinal), verdict.IsUndecided);
    }

    [Fact]
    public void The_deepest_schema_and_instance_are_no_stack_overflow()
    {
        var compiled = Check.Compile("""{"items":{"$ref":"#"},"allOf":[{"items":{"anyOf":[{"$ref":"#"}]}}]}""");

        Assert.NotNull(compiled.Validate(Check.Json(new string('[', 63) + new string(']', 63))));
    }

    [Theory]
    [InlineData("""{"multipleOf":1e-999999}""", "1e999999")]
    [InlineData("""{"maximum":1}""", "1e99999999999999999999")]
    public void A_number_past_all_measure_is_compared_at_once(string schema, string instance) =>
        Assert.False(Check.Verdict(schema, instance).IsUndecided);

    [Fact]
    public void A_number_of_too_many_digits_is_refused() =>
        Assert.True(Check.Compile("""{"maximum":1}""").Validate(Check.Json(new string('9', 2_000))).IsUndecided);
}
