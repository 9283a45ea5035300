namespace Actors.KnowledgeBase.Markdown;

/// <summary>The text under one heading.</summary>
/// <param name="Headings">The headings above the text, outermost first; empty before the first one.</param>
/// <param name="Body">The text as it is searched and quoted: Markdown, without the markup that only a site generator reads.</param>
internal sealed record Section(IReadOnlyList<string> Headings, string Body);
