using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Pack;

namespace Actors.Chaos.Tests;

/// <summary>Results in chunks: a whole that is not the tool's, or not what the result says of itself, is found.</summary>
public sealed class LargeResultTests
{
    private static readonly string Text = ChaosText.Of(Story.Token(), 5_000);

    [Fact]
    public void A_result_whose_pieces_are_the_whole_passes() => Assert.Empty(Spilled().Whole(Text).Findings);

    [Fact]
    public void A_result_in_its_row_that_is_read_in_pieces_passes() =>
        Assert.Empty(new Story().Create("chaos_large", """{"length":5000}""").Completed(Checker.Records.LongText.Of(Text)).Whole(Text).Findings);

    [Fact]
    public void Pieces_of_something_else_are_found() => AssertBroken(Promise.ResultIsTheJobsOwn, Spilled().Whole(Text[..4_999]));

    [Fact]
    public void Another_digest_is_found() => AssertBroken(Promise.ResultNeverChanges, Spilled().Whole(Text, sha256: "11"));

    [Fact]
    public void Another_size_is_found() => AssertBroken(Promise.ResultNeverChanges, Spilled().Whole(Text, size: 6_001));

    [Fact]
    public void A_beginning_of_something_else_is_found() =>
        AssertBroken(Promise.ResultIsTheJobsOwn, new Story().Create("chaos_large", """{"length":5000}""").Get("completed", Ending("something else")));

    [Fact]
    public void A_whole_that_cannot_be_read_is_found() => AssertBroken(
        Promise.ResultIsTheJobsOwn, Spilled().Final().Get("completed", Ending(Preview)).Get("completed", Ending(Preview), via: Story.Second));

    private static string Preview => Text[..ChaosLimits.PreviewChars] + "…";

    private static string Ending(string text) =>
        $$$""","result":{"content":[{"type":"text","text":{{{System.Text.Json.JsonSerializer.Serialize(Checker.Records.LongText.Of(text))}}}}],"_meta":{"actors/result":{"uri":"job://1/result","size":6000,"sha256":"00"} } }""";

    private static Story Spilled() => new Story().Create("chaos_large", """{"length":5000}""").Get("completed", Ending(Preview));

    private static void AssertBroken(Promise promise, Story story)
    {
        Assert.Equal([promise], story.Broken);
        Assert.All(story.Findings, finding => Assert.NotEmpty(finding.Calls));
    }
}
