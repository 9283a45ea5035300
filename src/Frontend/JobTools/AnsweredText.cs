using System.Collections.Immutable;
using System.Text.Json;
using Actors.Frontend.Mcp.Responses;
using Actors.Jobs;

namespace Actors.Frontend.JobTools;

/// <summary>Who answered a job's questions.</summary>
internal static class AnsweredText
{
    /// <summary>What somebody reads whose answer came too late.</summary>
    public static string TooLate(AnsweredInput answered)
    {
        var who = answered.Origin is { } origin ? AnswerWords.Of(origin) : "by somebody";
        return $"Question \"{answered.Key}\" was answered before, {who}; nothing has changed.";
    }

    public static void Write(Utf8JsonWriter writer, ImmutableArray<AnsweredInput> answered)
    {
        if (answered.IsDefaultOrEmpty)
            return;
        writer.WriteStartArray("answered");
        foreach (var one in answered)
        {
            writer.WriteStartObject();
            writer.WriteString("key", one.Key);
            if (one.AskedAt is { } asked)
                writer.WriteTime("asked_at", asked);
            if (one.Origin is { } origin)
            {
                writer.WriteTime("answered_at", origin.At);
                writer.WriteString("by", origin.Subject);
                writer.WriteString("client", origin.Client);
                writer.WriteString("through", AnswerWords.Of(origin.Through));
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
