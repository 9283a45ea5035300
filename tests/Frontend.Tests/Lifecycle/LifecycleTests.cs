using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Actors.Frontend.Tests.Lifecycle;

/// <summary>
/// The whole life of a job against a model of it: scripts and deeds by lot, each told to the real server, and after each deed the server
/// and the model agree. ACTORS_LIFECYCLE_SEED and ACTORS_LIFECYCLE_STORIES choose others, and more.
/// </summary>
public sealed class LifecycleTests(Server server, ITestOutputHelper output)
{
    private const int Stories = 60;

    [Fact]
    public async Task The_server_is_where_the_model_is_whatever_the_tool_and_its_clients_do()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var seed = Setting("ACTORS_LIFECYCLE_SEED") ?? (ulong)Random.Shared.NextInt64();
        output.WriteLine($"ACTORS_LIFECYCLE_SEED={seed}");
        var session = await server.OpenSessionAsync(cancellationToken);
        var everyStory = Prop.ForAll(
            Story.Arbitrary, story => new LifecycleRun(server, session, story, cancellationToken).RunAsync().GetAwaiter().GetResult());

        // The stories block the thread they are told on.
        await Task.Run(
            () => Check.One(
                Config.QuickThrowOnFailure
                    .WithMaxTest((int)(Setting("ACTORS_LIFECYCLE_STORIES") ?? Stories))
                    .WithReplay(new Replay(new Rnd(seed | 1, seed | 1), null)),
                everyStory),
            cancellationToken);
    }

    private static ulong? Setting(string name) => ulong.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : null;
}
