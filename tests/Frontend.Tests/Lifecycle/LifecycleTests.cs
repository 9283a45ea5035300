using Xunit;

namespace Actors.Frontend.Tests.Lifecycle;

/// <summary>
/// The whole life of a job against a model of it: scripts and deeds by lot, each told to the real server, and after each deed the server
/// and the model agree.
/// </summary>
public sealed class LifecycleTests(Server server, ITestOutputHelper output)
{
    private const int Count = 60;

    [Fact]
    public async Task The_server_is_where_the_model_is_whatever_the_tool_and_its_clients_do()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var session = await server.OpenSessionAsync(cancellationToken);
        await Stories.TellAsync(
            Story.Arbitrary, Count, story => new LifecycleRun(server, session, story, cancellationToken).RunAsync(), output, cancellationToken);
    }
}
