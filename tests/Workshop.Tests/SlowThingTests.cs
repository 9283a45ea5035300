using System.Text.Json;

namespace Actors.Workshop.Tests;

public sealed class SlowThingTests(WorkshopServer server)
{
    [Fact]
    public async Task It_counts_its_seconds_and_ends()
    {
        using var tasks = await server.TasksAsync();
        var handle = await tasks.CreateAsync("slow_thing", new() { ["seconds"] = 2 });

        var end = await tasks.EndAsync(handle);

        Assert.Equal("completed", end.GetProperty("status").GetString());
        Assert.Equal("2 seconds have passed.", Text(end));
    }

    [Fact]
    public async Task It_stops_when_it_is_cancelled()
    {
        using var tasks = await server.TasksAsync();
        var handle = await tasks.CreateAsync("slow_thing", new() { ["seconds"] = 600 });

        await tasks.CancelAsync(handle);

        Assert.Equal("cancelled", (await tasks.EndAsync(handle)).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3601)]
    public async Task Seconds_out_of_range_are_refused(int seconds)
    {
        using var tasks = await server.TasksAsync();
        var end = await tasks.EndAsync(await tasks.CreateAsync("slow_thing", new() { ["seconds"] = seconds }));

        Assert.True(end.GetProperty("result").GetProperty("isError").GetBoolean());
        Assert.Contains("from 1 to 3600", Text(end), StringComparison.Ordinal);
    }

    private static string? Text(JsonElement task) => task.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString();
}
