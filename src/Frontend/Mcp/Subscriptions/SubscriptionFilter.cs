using System.Collections.Frozen;
using System.Text.Json;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Tasks;
using Actors.Tenants;

namespace Actors.Frontend.Mcp.Subscriptions;

/// <summary>What one subscriptions/listen asks for.</summary>
internal sealed record SubscriptionFilter(
    bool Tools, bool Prompts, bool Resources, FrozenSet<string> ResourceUris, FrozenSet<string> TaskIds)
{
    public bool WantsHints => Tools || Prompts || Resources || ResourceUris.Count > 0;

    public static SubscriptionFilter Read(McpRequest request, JsonElement parameters, int maxEntries)
    {
        var filter = ParamsDocument.OptionalObject(parameters, "notifications")
            ?? throw new RefusedException(Refusal.InvalidParams, "params.notifications is missing; it must be an object that says what to listen for.");
        var taskIds = Strings(filter, "taskIds", maxEntries);
        if (taskIds is not null && !request.Envelope.DeclaresTasks)
            throw TasksExtension.Missing("Listening to tasks needs the tasks extension");
        return new SubscriptionFilter(
            Flag(filter, "toolsListChanged"),
            Flag(filter, "promptsListChanged"),
            Flag(filter, "resourcesListChanged"),
            Strings(filter, "resourceSubscriptions", maxEntries) ?? FrozenSet<string>.Empty,
            taskIds ?? FrozenSet<string>.Empty);
    }

    /// <summary>Whether the client opted in to this notification (Subscriptions, Opening a Stream: nothing else may be sent).</summary>
    public bool Wants(ServerNotification notification) => notification.Method switch
    {
        "notifications/tools/list_changed" => Tools,
        "notifications/prompts/list_changed" => Prompts,
        "notifications/resources/list_changed" => Resources,
        ResourceUpdated.Method => ResourceUris.Count > 0 && ResourceUpdated.UriOf(notification) is { } uri && ResourceUris.Contains(uri),
        _ => false,
    };

    /// <summary>One of every notification that the client opted in to.</summary>
    public IEnumerable<ServerNotification> All()
    {
        if (Tools)
            yield return new ServerNotification("notifications/tools/list_changed", null);
        if (Prompts)
            yield return new ServerNotification("notifications/prompts/list_changed", null);
        if (Resources)
            yield return new ServerNotification("notifications/resources/list_changed", null);
        foreach (var uri in ResourceUris)
            yield return ResourceUpdated.Notification(uri);
    }

    private static bool Flag(JsonElement filter, string member)
    {
        if (!filter.TryGetProperty(member, out var value))
            return false;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Invalid(member, "must be true or false");
    }

    private static FrozenSet<string>? Strings(JsonElement filter, string member, int maxEntries)
    {
        if (!filter.TryGetProperty(member, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            throw Invalid(member, "must be an array of strings");
        return value.GetArrayLength() <= maxEntries
            ? value.EnumerateArray().Select(item => item.GetString()!).ToFrozenSet(StringComparer.Ordinal)
            : throw Invalid(member, $"may have {maxEntries} entries (Actors:Limits:MaxSubscriptionEntries)");
    }

    private static RefusedException Invalid(string member, string expected) =>
        new(Refusal.InvalidParams, $"params.notifications.{member} {expected}.");
}
