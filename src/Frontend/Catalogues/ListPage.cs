using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Actors.Frontend.Mcp;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Responses;

namespace Actors.Frontend.Catalogues;

/// <summary>
/// Cuts a list into pages. A cursor holds the name of the last entry sent, so that it outlives a restart, another frontend
/// and a change elsewhere in the list.
/// </summary>
internal static class ListPage
{
    public static void Write(
        Utf8JsonWriter writer, string member, ImmutableArray<ListEntry> entries, string? cursor, int pageSize, CachingHints? caching)
    {
        var start = cursor is null ? 0 : After(entries, cursor);
        var end = Math.Min(entries.Length, start + pageSize);
        writer.WriteStartArray(member);
        for (var i = start; i < end; i++)
            writer.WriteRawValue(entries[i].Definition, skipInputValidation: true);
        writer.WriteEndArray();
        if (end < entries.Length)
            writer.WriteString("nextCursor", Base64Url.EncodeToString(Encoding.UTF8.GetBytes(entries[end - 1].Name)));
        if (caching is null)
            return;
        writer.WriteNumber(WireNames.TtlMs, caching.TtlMs);
        writer.WriteString(WireNames.CacheScope, caching.Scope);
    }

    private static int After(ImmutableArray<ListEntry> entries, string cursor)
    {
        var name = Base64Url.IsValid(cursor) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) : null;
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Name == name)
                return i + 1;
        }
        throw new RefusedException(
            Refusal.InvalidParams, "params.cursor is not valid here, or no longer: take nextCursor of the page before, or start without one.");
    }
}
