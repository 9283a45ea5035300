namespace Actors.Storage;

/// <summary>What is kept of a text that may be too long.</summary>
public static class Beginning
{
    /// <summary>All of it, or its first so many characters: one fewer where half a surrogate pair would be left, which has no UTF-8.</summary>
    public static string Of(string text, int maxChars) =>
        text.Length <= maxChars ? text : text[..(maxChars > 0 && char.IsHighSurrogate(text[maxChars - 1]) ? maxChars - 1 : maxChars)];

    /// <summary>The same, with an ellipsis where it is not all.</summary>
    public static string WithEllipsis(string text, int maxChars) => text.Length <= maxChars ? text : Of(text, maxChars) + "…";
}
