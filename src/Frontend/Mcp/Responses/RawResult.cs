using System.Text.Json;

namespace Actors.Frontend.Mcp.Responses;

/// <summary>
/// Writes a result that is JSON already, with what the envelope of 2026-07-28 adds to it where it is not there:
/// <c>resultType</c>, the server's identity, the caching hints. For the older revisions, see <see cref="WriteLegacy"/>.
/// </summary>
internal static class RawResult
{
    /// <param name="writer">Stands before the result's value.</param>
    /// <param name="result">UTF-8 JSON object.</param>
    /// <param name="identity">Null: the result is part of another one and needs no identity of its own.</param>
    /// <param name="caching">Null: this kind of result carries no caching hints.</param>
    /// <param name="isJoined">Whether it is of a job that was there before the call.</param>
    public static void Write(
        Utf8JsonWriter writer, ReadOnlySpan<byte> result, ServerIdentity? identity, CachingHints? caching = null, bool isJoined = false)
    {
        writer.WriteStartObject();
        var reader = new Utf8JsonReader(result);
        reader.Read();
        var (hasType, hasMeta, hasTtl, hasScope) = (false, false, false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            hasType |= reader.ValueTextEquals("resultType"u8);
            hasTtl |= reader.ValueTextEquals("ttlMs"u8);
            hasScope |= reader.ValueTextEquals("cacheScope"u8);
            if (reader.ValueTextEquals("_meta"u8))
            {
                hasMeta = true;
                WriteMeta(writer, ref reader, identity, result, isJoined);
            }
            else
            {
                MemberCopy.WriteOne(writer, ref reader, result);
            }
        }
        if (!hasType)
            writer.WriteString(WireNames.ResultType, WireNames.Complete);
        if (caching is not null && !hasTtl)
            writer.WriteNumber(WireNames.TtlMs, caching.TtlMs);
        if (caching is not null && !hasScope)
            writer.WriteString(WireNames.CacheScope, caching.Scope);
        if (!hasMeta)
            identity?.WriteMeta(writer, isJoined);
        writer.WriteEndObject();
    }

    /// <summary>The same for an older revision, which knows no <c>resultType</c>.</summary>
    /// <param name="writer">Stands before the result's value.</param>
    /// <param name="result">UTF-8 JSON object.</param>
    /// <param name="relatedTask">The task that the result is of, to be named in <c>_meta</c> (2025-11-25, Tasks); null: none.</param>
    /// <param name="isJoined">Whether it is of a job that was there before the call.</param>
    public static void WriteLegacy(Utf8JsonWriter writer, ReadOnlySpan<byte> result, string? relatedTask = null, bool isJoined = false)
    {
        writer.WriteStartObject();
        var reader = new Utf8JsonReader(result);
        reader.Read();
        var hasMeta = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("resultType"u8))
            {
                reader.Read();
                reader.Skip();
            }
            else if ((isJoined || relatedTask is not null) && reader.ValueTextEquals("_meta"u8))
            {
                hasMeta = true;
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                WriteLegacyMeta(writer, result[start..(int)reader.BytesConsumed], relatedTask, isJoined);
            }
            else
            {
                MemberCopy.WriteOne(writer, ref reader, result);
            }
        }
        if ((isJoined || relatedTask is not null) && !hasMeta)
            WriteLegacyMeta(writer, default, relatedTask, isJoined);
        writer.WriteEndObject();
    }

    // A task's result is asked for by the task's id, so no result is of a related task and joined.
    private static void WriteLegacyMeta(Utf8JsonWriter writer, ReadOnlySpan<byte> other, string? relatedTask, bool isJoined)
    {
        if (relatedTask is not null)
        {
            RelatedTask.WriteMeta(writer, relatedTask, other);
            return;
        }
        writer.WriteStartObject(WireNames.Meta);
        if (other.Length > 0 && other[0] == (byte)'{')
            MemberCopy.WriteAllBut(writer, other, "actors/joined"u8);
        writer.WriteBoolean(WireNames.Joined, isJoined);
        writer.WriteEndObject();
    }

    private static void WriteMeta(
        Utf8JsonWriter writer, ref Utf8JsonReader reader, ServerIdentity? identity, ReadOnlySpan<byte> result, bool isJoined)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            identity?.WriteMeta(writer, isJoined);
            return;
        }
        writer.WriteStartObject(WireNames.Meta);
        var hasIdentity = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            hasIdentity |= reader.ValueTextEquals(ServerIdentity.Key);
            MemberCopy.WriteOne(writer, ref reader, result);
        }
        if (!hasIdentity && identity is not null)
        {
            writer.WritePropertyName(ServerIdentity.Key);
            writer.WriteRawValue(identity.Info, skipInputValidation: true);
        }
        if (isJoined)
            writer.WriteBoolean(WireNames.Joined, true);
        writer.WriteEndObject();
    }
}
