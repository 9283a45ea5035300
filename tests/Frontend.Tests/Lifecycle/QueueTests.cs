using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Actors.Frontend.Tests.Lifecycle;

/// <summary>
/// The line of a tool with a limit against a model of it: starts of all priorities, now and later, ends and cancels, by lot.
/// ACTORS_LIFECYCLE_SEED and ACTORS_LIFECYCLE_STORIES choose others, and more.
/// </summary>
public sealed class QueueTests(Server server, ITestOutputHelper output)
{
    private const int Stories = 20;

    [Fact]
    public async Task One_job_of_a_tool_runs_at_a_time_and_the_next_is_the_one_that_the_model_says()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var seed = Setting("ACTORS_LIFECYCLE_SEED") ?? (ulong)Random.Shared.NextInt64();
        output.WriteLine($"ACTORS_LIFECYCLE_SEED={seed}");
        // Somebody with no other jobs: whose turn it is between principals is for other tests.
        var wire = server.WireWith((await server.CreateKeyAsync("acme", "queueing", cancellationToken)).Key);
        var everyStory = Prop.ForAll(QueueStory.Arbitrary, story => new QueueRun(server, wire, story, cancellationToken).RunAsync().GetAwaiter().GetResult());

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
