using FsCheck;
using FsCheck.Fluent;

namespace Actors.Frontend.Tests.Lifecycle;

/// <summary>What is done to the line of a tool of which one job runs at a time.</summary>
internal sealed record QueueStory(string[] Deeds)
{
    public const string Low = "start a low one";
    public const string Normal = "start one";
    public const string High = "start a high one";
    public const string Later = "start one later";
    public const string HighLater = "start a high one later";
    public const string Finish = "let the running one end";
    public const string CancelRunning = "cancel the running one";
    public const string CancelWaiting = "cancel the last that waits";

    private static readonly (int Weight, string What)[] AllDeeds =
        [(2, Low), (4, Normal), (3, High), (1, Later), (1, HighLater), (4, Finish), (1, CancelRunning), (2, CancelWaiting)];

    public static Arbitrary<QueueStory> Arbitrary => Arb.From(
        from count in Gen.Choose(1, 10)
        from deeds in Gen.ArrayOf(Gen.Frequency(AllDeeds.Select(one => (one.Weight, Gen.Constant(one.What)))), count)
        select new QueueStory(deeds),
        story => Enumerable.Range(0, story.Deeds.Length).Select(index => new QueueStory([.. story.Deeds[..index], .. story.Deeds[(index + 1)..]])));

    public override string ToString() => $"[{string.Join(", ", Deeds)}]";
}
