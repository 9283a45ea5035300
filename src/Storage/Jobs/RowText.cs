using System.Text;

namespace Actors.Storage.Jobs;

/// <summary>PostgreSQL's text holds neither U+0000 nor half of a surrogate pair; found out in time, a row spoils no batch.</summary>
internal static class RowText
{
    public static void Require(JobRow row)
    {
        string?[] texts =
        [
            row.Owner.Issuer, row.Owner.Subject, row.Owner.Client, row.Tool, row.ProtocolVersion,
            row.StatusMessage, row.Silo, row.CancelReason, row.Progress?.Message, row.Error?.Message,
        ];
        if (Array.Exists(texts, text => text is not null && !IsStorable(text)))
            throw new RowRefusedException($"The job {row.Owner.Tenant}/{row.Id} has a text with U+0000 or half of a surrogate pair.");
    }

    public static bool IsStorable(string text) =>
        !text.Contains('\0') && (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') || IsWellFormed(text));

    /// <summary>The text with what cannot be stored replaced by U+FFFD.</summary>
    public static string Storable(string text) =>
        IsStorable(text) ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');

    private static bool IsWellFormed(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index])) continue;
            if (index + 1 == text.Length || !char.IsSurrogatePair(text[index], text[index + 1])) return false;
            index++;
        }

        return true;
    }
}
