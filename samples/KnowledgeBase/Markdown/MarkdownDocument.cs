namespace Actors.KnowledgeBase.Markdown;

/// <summary>A file, read: its title and its sections in order, at least one.</summary>
internal sealed record MarkdownDocument(string Title, IReadOnlyList<Section> Sections)
{
    /// <param name="fileName">Decides whether the text is MDX, and is the title where the text has none.</param>
    /// <param name="text">The whole file.</param>
    /// <param name="maxSectionChars">A longer section becomes several of the same heading.</param>
    public static MarkdownDocument Read(string fileName, string text, int maxSectionChars)
    {
        var frontMatter = FrontMatter.Of(text);
        var splitter = new SectionSplitter(maxSectionChars);
        var lines = new MdxLines(strip: Path.GetExtension(fileName).Equals(".mdx", StringComparison.OrdinalIgnoreCase));
        foreach (var line in text.AsSpan(frontMatter.Length).EnumerateLines())
        {
            if (lines.Clean(line.ToString()) is { } clean)
                splitter.Add(clean, lines.InCode);
        }
        var sections = splitter.End();
        var title = frontMatter.Title ?? splitter.FirstTitle ?? Path.GetFileNameWithoutExtension(fileName);
        return new MarkdownDocument(title, sections.Count > 0 ? sections : [new Section([], "")]);
    }
}
