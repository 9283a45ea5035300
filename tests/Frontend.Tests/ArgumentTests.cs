using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>Arguments are checked against their tool's input schema before anything runs.</summary>
public sealed class ArgumentTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"phone":7}""", "arguments.phone must be a string; found the number 7. (rule: #/properties/phone/type)")]
    [InlineData("""{"phone":"1","contactMethod":"post"}""", "must be one of \"phone\", \"email\"; found the string \"post\"")]
    [InlineData("""{"phone":"1","emial":"a@b"}""", "Did you mean 'email'?")]
    [InlineData("""{"email":"a@b","contactMethod":"phone"}""", "lacks the required property 'phone'. (rule: #/then/required)")]
    [InlineData("""{"email":"a@b","address":{"city":1}}""", "arguments.address.city must be a string; found the number 1. (rule: #/$defs/address/properties/city/type)")]
    [InlineData("{}", "lacks the required property 'phone'")]
    public async Task A_broken_rule_is_a_tools_error_that_names_place_and_rule(string arguments, string words)
    {
        var reply = await server.Wire.CallAsync("json_schema_2020_12_tool", JsonNode.Parse(arguments)!.AsObject(), null, Token);

        Assert.True(reply.IsToolError);
        Assert.Contains(words, reply.ToolText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_that_fit_reach_the_tool()
    {
        var arguments = new JsonObject { ["email"] = "a@b", ["contactMethod"] = "email", ["address"] = new JsonObject { ["city"] = "Bern" } };

        var reply = await server.Wire.CallAsync("json_schema_2020_12_tool", arguments, null, Token);

        Assert.Equal("The arguments are as the schema says.", reply.ToolText);
    }

    [Fact]
    public async Task A_job_is_not_made_of_arguments_that_do_not_fit()
    {
        var reply = await server.Wire.CallAsync("counts_strictly", new JsonObject { ["steps"] = "many" }, Wire.Tasks, Token);

        Assert.True(reply.IsToolError);
        Assert.Contains("arguments.steps must be an integer; found the string \"many\"", reply.ToolText, StringComparison.Ordinal);
        Assert.Equal("complete", reply.Result.GetProperty("resultType").GetString());
    }

    [Fact]
    public async Task A_tool_whose_schema_cannot_be_used_is_served_without_the_check()
    {
        var reply = await server.Wire.CallAsync("refers_elsewhere", new JsonObject { ["anything"] = 1 }, null, Token);

        Assert.Equal("It ran.", reply.ToolText);
    }
}
