using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Actors.Frontend.Tests.Lifecycle;

/// <summary>Tells stories by lot. ACTORS_LIFECYCLE_SEED and ACTORS_LIFECYCLE_STORIES choose others, and more.</summary>
internal static class Stories
{
    public static async Task TellAsync<T>(
        Arbitrary<T> stories, int count, Func<T, Task> tell, ITestOutputHelper output, CancellationToken cancellationToken)
    {
        var seed = Setting("ACTORS_LIFECYCLE_SEED") ?? (ulong)Random.Shared.NextInt64();
        output.WriteLine($"ACTORS_LIFECYCLE_SEED={seed}");
        var everyStory = Prop.ForAll(stories, story => tell(story).GetAwaiter().GetResult());

        // The stories block the thread they are told on.
        await Task.Run(
            () => Check.One(
                Config.QuickThrowOnFailure
                    .WithMaxTest((int)(Setting("ACTORS_LIFECYCLE_STORIES") ?? (ulong)count))
                    .WithReplay(new Replay(new Rnd(seed | 1, seed | 1), null)),
                everyStory),
            cancellationToken);
    }

    private static ulong? Setting(string name) => ulong.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : null;
}
