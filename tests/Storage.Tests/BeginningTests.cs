using Xunit;

namespace Actors.Storage.Tests;

public sealed class BeginningTests
{
    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abc", 2, "ab")]
    [InlineData("abc", 0, "")]
    [InlineData("a\U0001F600c", 3, "a\U0001F600")]
    [InlineData("a\U0001F600c", 2, "a")]
    [InlineData("\U0001F600", 1, "")]
    public void Of_a_text_that_is_too_long_no_half_character_is_left(string text, int maxChars, string kept) =>
        Assert.Equal(kept, Beginning.Of(text, maxChars));

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abc", 2, "ab…")]
    [InlineData("a\U0001F600c", 2, "a…")]
    public void An_ellipsis_stands_for_what_is_left_out(string text, int maxChars, string shown) =>
        Assert.Equal(shown, Beginning.WithEllipsis(text, maxChars));
}
