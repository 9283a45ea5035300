using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>A server that looks at two jobs at a time.</summary>
public sealed class JobSearchTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_search_that_has_not_looked_at_everything_says_so_and_goes_on_from_there()
    {
        await using var another = await server.StartAnotherAsync("http://127.0.0.1:0", new()
        {
            ["Actors:Authentication:AnonymousTenant"] = "searching",
            ["Actors:Storage:Jobs:MaxSearchedJobs"] = "2",
        });
        using var http = new HttpClient { BaseAddress = new Uri(another.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
        var wire = new Wire(http, null);
        foreach (var tool in (string[])["failing_job", "slow_compute", "slow_compute", "slow_compute"])
            await wire.CallAsync(tool, tool == "failing_job" ? [] : new() { ["seconds"] = 0 }, Wire.Tasks, Token);

        var first = await ListAsync(null);
        var second = await ListAsync(Cursor(first));
        var all = await ListAsync(Cursor(second));

        Assert.StartsWith("No jobs match so far, and older ones have not been looked at: call job_list", first.ToolText, StringComparison.Ordinal);
        Assert.Contains("These are all so far", second.ToolText, StringComparison.Ordinal);
        Assert.Equal("No jobs match.", all.ToolText);

        static string? Cursor(Reply reply) => reply.Result.GetProperty("structuredContent").GetProperty("next_cursor").GetString();

        Task<Reply> ListAsync(string? cursor)
        {
            var arguments = new JsonObject { ["tool"] = "failing_job" };
            if (cursor is not null)
                arguments["cursor"] = cursor;
            return wire.CallAsync("job_list", arguments, null, Token);
        }
    }
}
