using Actors.KnowledgeBase.Markdown;

namespace Actors.KnowledgeBase.Tests;

public sealed class MarkdownTests
{
    [Fact]
    public void Sections_are_cut_at_headings_of_both_kinds_and_know_those_above_them()
    {
        var document = Read("x.md", "Before.\n\n# One #\n\ntext 1\n\n### Deep `er`\n\ntext 2\n\nTwo\n---\n\ntext 3\n\nThree\n===\ntext 4\n");

        Assert.Equal("One", document.Title);
        Assert.Equal(
            [("", "Before."), ("One", "text 1"), ("One > Deep er", "text 2"), ("One > Two", "text 3"), ("Three", "text 4")],
            Sections(document));
    }

    [Fact]
    public void A_heading_in_a_code_block_is_code()
    {
        var document = Read("x.md", "# A\n\n````sh\n# not a heading\n```\n# nor this\n````\n\n~~~\n# nor that\n~~~\n\n# B\n\nb");

        Assert.Equal(["A", "B"], Sections(document).Select(section => section.Heading));
    }

    [Fact]
    public void A_rule_a_table_and_a_list_are_not_headings()
    {
        var document = Read("x.md", "# A\n\ntext\n\n---\n\n| a |\n|---|\n\n- item\n---\n");

        Assert.Equal("A", Assert.Single(Sections(document)).Heading);
    }

    [Fact]
    public void Front_matter_gives_the_title_and_is_not_text()
    {
        var document = Read("x.mdx", "---\nlayout: wide\ntitle: \"The: title\"\n---\n\n# Other\n\nText.");

        Assert.Equal("The: title", document.Title);
        Assert.Equal([("Other", "Text.")], Sections(document));
    }

    [Fact]
    public void Mdx_loses_imports_and_tags_but_not_code_links_or_comparisons()
    {
        var document = Read("x.mdx", "import A from 'a'\nexport const b = 1\n\n<Note type=\"x\">\n  Mind <b>this</b>.\n</Note>\n\n<https://example.com> and 1 < 2\n\n```js\nimport A from 'a'\n<Note>\n```\n");

        Assert.Equal([("", "Mind this.\n\n<https://example.com> and 1 < 2\n\n```js\nimport A from 'a'\n<Note>\n```")], Sections(document));
        Assert.Contains("<Note>", Sections(Read("x.md", "<Note>\nText\n</Note>"))[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_past_the_limit_becomes_several_of_the_same_heading()
    {
        var lines = string.Join('\n', Enumerable.Repeat(new string('x', 99), 30));

        Assert.Single(Read("x.md", "# A\n" + lines[..999]).Sections);
        var document = Read("x.md", "# A\n" + lines + "\n" + new string('y', 2500));

        Assert.All(document.Sections, section => Assert.Equal(["A"], section.Headings));
        Assert.All(document.Sections, section => Assert.InRange(section.Body.Length, 1, 1000));
        Assert.Equal(30 * 99 + 2500, document.Sections.Sum(section => section.Body.Replace("\n", "", StringComparison.Ordinal).Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("---\ntitle: T\n---\n")]
    [InlineData("# Only a heading")]
    public void A_document_without_text_has_one_empty_section(string text)
    {
        var document = Read("name.md", text);

        Assert.Equal(("", ""), Assert.Single(Sections(document)));
        Assert.NotEmpty(document.Title);
    }

    private static MarkdownDocument Read(string name, string text) => MarkdownDocument.Read(name, text, maxSectionChars: 1000);

    private static (string Heading, string Body)[] Sections(MarkdownDocument document) =>
        [.. document.Sections.Select(section => (string.Join(" > ", section.Headings), section.Body.Trim()))];
}
