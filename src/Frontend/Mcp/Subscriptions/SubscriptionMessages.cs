using System.Text.Json;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;

namespace Actors.Frontend.Mcp.Subscriptions;

/// <summary>The first and the last message of a subscription's stream.</summary>
internal static class SubscriptionMessages
{
    /// <param name="request">The listen request.</param>
    /// <param name="filter">What was asked for: all of it is honoured, but for tasks that the caller has not, and their resources.</param>
    /// <param name="followed">The tasks that are followed.</param>
    public static async ValueTask AcknowledgeAsync(McpRequest request, SubscriptionFilter filter, IEnumerable<string> followed)
    {
        using var json = JsonBuffer.Rent();
        var writer = json.Writer;
        Notification.Begin(writer, "notifications/subscriptions/acknowledged");
        writer.WriteStartObject();
        writer.WriteStartObject("notifications");
        if (filter.Tools)
            writer.WriteBoolean("toolsListChanged", true);
        if (filter.Prompts)
            writer.WriteBoolean("promptsListChanged", true);
        if (filter.Resources)
            writer.WriteBoolean("resourcesListChanged", true);
        if (filter.ResourceUris.Count > 0)
            WriteStrings(writer, "resourceSubscriptions", filter.ResourceUris);
        if (filter.TaskIds.Count > 0)
            WriteStrings(writer, "taskIds", followed);
        writer.WriteEndObject();
        SubscriptionMeta.Write(writer, request.Id);
        writer.WriteEndObject();
        writer.WriteEndObject();
        await request.OpenEvents().SendAsync(json.Written, request.Aborted);
    }

    /// <summary>The response of a listen request that the server ends (Subscriptions, Graceful Closure).</summary>
    public static async ValueTask EndAsync(McpRequest request, ServerIdentity identity)
    {
        using var json = JsonBuffer.Rent();
        var writer = json.Writer;
        ResultResponse.BeginMessage(writer, request.Id);
        writer.WriteStartObject();
        writer.WriteString(WireNames.ResultType, WireNames.Complete);
        writer.WriteStartObject(WireNames.Meta);
        writer.WritePropertyName(WireNames.SubscriptionId);
        writer.WriteRawValue(request.Id, skipInputValidation: true);
        writer.WritePropertyName(ServerIdentity.Key);
        writer.WriteRawValue(identity.Info, skipInputValidation: true);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        await request.AnswerAsync(json);
    }

    private static void WriteStrings(Utf8JsonWriter writer, string member, IEnumerable<string> values)
    {
        writer.WriteStartArray(member);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
