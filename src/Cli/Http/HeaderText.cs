using System.Buffers;
using System.Text;

namespace Actors.Cli.Http;

/// <summary>A value as a header carries it (2026-07-28, Streamable HTTP, Value Encoding).</summary>
internal static class HeaderText
{
    private const string Prefix = "=?base64?";
    private const string Suffix = "?=";

    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c)]);

    /// <summary>Whether it may stand in a header as it is.</summary>
    public static bool IsPlain(string value) =>
        value.Length > 0 && !value.AsSpan().ContainsAnyExcept(Plain) && value[0] != ' ' && value[^1] != ' ';

    public static string Encode(string value) =>
        IsPlain(value) && !(value.StartsWith(Prefix, StringComparison.Ordinal) && value.EndsWith(Suffix, StringComparison.Ordinal))
            ? value
            : Prefix + Convert.ToBase64String(Encoding.UTF8.GetBytes(value)) + Suffix;
}
