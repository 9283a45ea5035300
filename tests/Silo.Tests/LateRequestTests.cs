using Actors.Jobs;
using Actors.Silo.Tests.Pack;

namespace Actors.Silo.Tests;

/// <summary>What a tool still finds of its request after it has waited: everything, where it can look.</summary>
public sealed class LateRequestTests(SiloFixture fixture) : IClassFixture<SiloFixture>
{
    private TestSilo Silo => fixture.Silo;

    [Theory]
    [InlineData("looks_late")]
    [InlineData("looks_late_on_an_instance")]
    [InlineData("looks_late_through_arguments")]
    public async Task A_tool_that_can_reach_its_request_finds_all_of_it_after_a_wait(string tool) =>
        Assert.Equal($"ann late-{tool} {tool}", Ask.Text((await WaitAndEndAsync(tool)).Result));

    [Fact]
    public async Task A_tool_that_took_its_user_has_it_after_a_wait() =>
        Assert.Equal("ann", Ask.Text((await WaitAndEndAsync("knows_its_user")).Result));

    [Fact]
    public async Task A_defect_after_a_wait_is_not_blamed_on_the_arguments()
    {
        var done = await WaitAndEndAsync("fails_late");
        Assert.True(Ask.IsError(done.Result));
        Assert.Equal("An error occurred invoking 'fails_late'.", Ask.Text(done.Result));
    }

    private async Task<JobSnapshot> WaitAndEndAsync(string tool)
    {
        var gate = $"late-{tool}";
        var created = await Silo.CreateAsync(Ask.Tool(tool, new { gate }));
        await Gates.ArrivedAsync(gate);
        Gates.Open(gate);
        return await Silo.EndOfAsync(created.Id);
    }
}
