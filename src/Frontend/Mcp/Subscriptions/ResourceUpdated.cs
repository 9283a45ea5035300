using System.Text.Json;
using Actors.Frontend.Mcp.Responses;
using Actors.Tenants;

namespace Actors.Frontend.Mcp.Subscriptions;

/// <summary><c>notifications/resources/updated</c>.</summary>
internal static class ResourceUpdated
{
    public const string Method = "notifications/resources/updated";

    public static ServerNotification Notification(string uri)
    {
        using var json = JsonBuffer.Rent();
        json.Writer.WriteStartObject();
        json.Writer.WriteString("uri", uri);
        json.Writer.WriteEndObject();
        return new ServerNotification(Method, json.Written.ToArray());
    }

    /// <summary>The resource that it is of.</summary>
    public static string? UriOf(ServerNotification notification)
    {
        if (notification.Params is null)
            return null;
        using var document = JsonDocument.Parse(notification.Params);
        return document.RootElement.TryGetProperty("uri", out var uri) ? uri.GetString() : null;
    }
}
