using FsCheck;
using FsCheck.Fluent;

namespace Actors.Frontend.Tests.Lifecycle;

/// <summary>A script, and what is done to its job, one thing after the other.</summary>
internal sealed record Story(string[] Script, string[] Deeds)
{
    public const string Accept = "accept";
    public const string Decline = "decline";
    public const string AnswerAgain = "answer again";
    public const string AnswerAnother = "answer what was not asked";
    public const string Cancel = "cancel";
    public const string CallAgain = "call again";
    public const string CallOtherwise = "call otherwise with the same key";

    private static readonly (int Weight, string What)[] Lines =
    [
        (3, Line.Progress), (2, Line.Checkpoint), (5, Line.Ask), (3, Line.Transient), (3, Line.Step), (2, Line.Shaky), (1, Line.Hang), (1, Line.ToolError), (1, Line.ProtocolError),
    ];

    private static readonly (int Weight, string What)[] AllDeeds =
        [(6, Accept), (3, Decline), (2, AnswerAgain), (1, AnswerAnother), (1, Cancel), (1, CallAgain), (1, CallOtherwise)];

    public static Arbitrary<Story> Arbitrary => Arb.From(
        from script in Some(Lines)
        from deeds in Some(AllDeeds)
        select new Story([.. script.Select((what, index) => what is Line.Ask or Line.Transient or Line.Step or Line.Shaky ? $"{what}:{what[0]}{index}" : what)], deeds),
        Shorter);

    public override string ToString() => $"script [{string.Join(", ", Script)}], deeds [{string.Join(", ", Deeds)}]";

    private static Gen<string[]> Some((int Weight, string What)[] weighted) =>
        from count in Gen.Choose(0, 8)
        from items in Gen.ArrayOf(Gen.Frequency(weighted.Select(one => (one.Weight, Gen.Constant(one.What)))), count)
        select items;

    // One line or one deed less at a time: what is left of a failure is what matters to it.
    private static IEnumerable<Story> Shorter(Story story) =>
    [
        .. Enumerable.Range(0, story.Deeds.Length).Select(index => story with { Deeds = Without(story.Deeds, index) }),
        .. Enumerable.Range(0, story.Script.Length).Select(index => story with { Script = Without(story.Script, index) }),
    ];

    private static string[] Without(string[] items, int index) => [.. items[..index], .. items[(index + 1)..]];
}
