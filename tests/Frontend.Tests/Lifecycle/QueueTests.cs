using Xunit;

namespace Actors.Frontend.Tests.Lifecycle;

/// <summary>The line of a tool with a limit against a model of it: starts of all priorities, now and later, ends and cancels, by lot.</summary>
public sealed class QueueTests(Server server, ITestOutputHelper output)
{
    private const int Count = 20;

    [Fact]
    public async Task One_job_of_a_tool_runs_at_a_time_and_the_next_is_the_one_that_the_model_says()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        // Somebody with no other jobs: whose turn it is between principals is for other tests.
        var wire = server.WireWith((await server.CreateKeyAsync("acme", "queueing", cancellationToken)).Key);
        await Stories.TellAsync(
            QueueStory.Arbitrary, Count, story => new QueueRun(server, wire, story, cancellationToken).RunAsync(), output, cancellationToken);
    }
}
