using System.Globalization;
using System.Text.RegularExpressions;

namespace Actors.Schemas.Formats;

/// <summary>RFC 3339's dates and times.</summary>
internal static partial class TimeFormats
{
    public static bool IsDateTime(string text) =>
        text.Length > 11 && text[10] is 'T' or 't' && IsDate(text[..10]) && IsTime(text[11..]);

    public static bool IsDate(string text) =>
        IsDateForm(text) && DateOnly.TryParseExact(text[..4] == "0000" ? "0004" + text[4..] : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    public static bool IsTime(string text)
    {
        var parts = TimeForm().Match(text);
        if (!parts.Success)
            return false;
        var (hour, minute, second) = (Number(parts, "h"), Number(parts, "m"), Number(parts, "s"));
        var (offsetHour, offsetMinute) = (Number(parts, "oh"), Number(parts, "om"));
        if (hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59)
            return false;
        // A leap second is inserted at 23:59:60 UTC.
        var offset = (offsetHour * 60) + offsetMinute;
        var utc = (hour * 60) + minute - (parts.Groups["sign"].Value == "-" ? -offset : offset);
        return second < 60 || ((utc % 1440) + 1440) % 1440 == 1439;
    }

    /// <summary>RFC 3339, appendix A.</summary>
    public static bool IsDuration(string text) => Duration().IsMatch(text);

    private static bool IsDateForm(string text) =>
        text.Length == 10 && text[4] == '-' && text[7] == '-' && text.All(c => char.IsAsciiDigit(c) || c == '-');

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A(?<h>[0-9]{2}):(?<m>[0-9]{2}):(?<s>[0-9]{2})(\.[0-9]+)?([zZ]|(?<sign>[+-])(?<oh>[0-9]{2}):(?<om>[0-9]{2}))\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex TimeForm();

    [GeneratedRegex(@"\AP([0-9]+W|(?=[0-9T])([0-9]+Y([0-9]+M([0-9]+D)?)?|[0-9]+M([0-9]+D)?|[0-9]+D)?(T(?=[0-9])([0-9]+H([0-9]+M([0-9]+S)?)?|[0-9]+M([0-9]+S)?|[0-9]+S))?)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Duration();
}
