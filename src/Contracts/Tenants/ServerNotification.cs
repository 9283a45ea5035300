using Orleans;

namespace Actors.Tenants;

/// <summary>A server notification of the protocol, as a tool sent it.</summary>
/// <param name="Method">For example <c>notifications/tools/list_changed</c> or <c>notifications/resources/updated</c>.</param>
/// <param name="Params">UTF-8 JSON object, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.notification")]
public sealed record ServerNotification([property: Id(0)] string Method, [property: Id(1)] byte[]? Params)
{
    /// <summary>The first element of every watch: whatever is published after it was received arrives too.</summary>
    public static readonly ServerNotification WatchEstablished = new("", null);

    /// <summary>Nothing that a client is sent, only the watch's own sign.</summary>
    public bool IsWatchEstablished => Method.Length == 0;
}
