using System.Text.Json;
using Actors.Silo.Calls;
using Actors.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Tests;

public sealed class OutputCheckTests(SiloFixture fixture, PostgresServer server) : IClassFixture<SiloFixture>
{
    [Theory]
    [InlineData("""{"content":{"n":"one"}}""", "structuredContent.n must be a number; found the string \"one\". (rule: #/properties/n/type)")]
    [InlineData("""{"content":{}}""", "lacks the required property 'n'")]
    [InlineData("{}", "it has none")]
    public async Task A_result_that_does_not_fit_is_an_error_that_says_where(string arguments, string words)
    {
        var outcome = await fixture.Silo.CallAsync(Ask.Tool("misshapen", JsonElement.Parse(arguments)));

        Assert.True(Ask.IsError(outcome.Result));
        Assert.Contains(words, Ask.Text(outcome.Result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_that_fits_passes() =>
        Assert.Equal("done", Ask.Text((await fixture.Silo.CallAsync(Ask.Tool("misshapen", new { content = new { n = 1 } }))).Result));

    [Fact]
    public async Task Outside_of_development_results_are_not_checked()
    {
        await using var silo = await TestSilo.StartAsync(
            await server.CreateDatabaseAsync(), builder => builder.Services.Configure<CallOptions>(o => o.CheckStructuredContent = null));

        var outcome = await silo.CallAsync(Ask.Tool("misshapen", new { content = new { n = "one" } }));

        Assert.Equal("done", Ask.Text(outcome.Result));
    }
}
