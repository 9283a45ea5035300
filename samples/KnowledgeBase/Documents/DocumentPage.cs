using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Actors.KnowledgeBase.Documents;

/// <summary>A document, or the part of it that fits.</summary>
internal sealed record DocumentPage
{
    public required string Path { get; init; }

    public required string Title { get; init; }

    [Description("When the file was last changed")]
    public required DateTimeOffset ModifiedAt { get; init; }

    [Description("When it was last indexed; a later change of the file is not in the text")]
    public required DateTimeOffset IndexedAt { get; init; }

    [Description("Characters of the whole document")]
    public required int TotalChars { get; init; }

    // The SDK leaves nulls out, but its schema says that every member is there, and clients hold it to that.
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [Description("The offset to ask for next; null when the text goes to the end")]
    public required int? NextOffset { get; init; }

    [Description("The Markdown")]
    public required string Text { get; init; }
}
