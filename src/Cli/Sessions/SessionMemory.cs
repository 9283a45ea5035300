using Actors.Cli.Messages;

namespace Actors.Cli.Sessions;

/// <summary>
/// What the host told the server that lives in the session, to tell it again to the next one: how it introduced itself, how
/// much it wants logged, and which resources it follows.
/// </summary>
internal sealed class SessionMemory
{
    private const int MaxResources = 1_000; // Past it, the host has to subscribe again itself.

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Message> _resources = new(StringComparer.Ordinal);
    private Message? _logLevel;

    public Message? Initialize { get; set; }

    public Message? Initialized { get; set; }

    /// <param name="request">A request that the server has taken.</param>
    public void Note(Message request)
    {
        lock (_gate)
        {
            if (request.Method == "logging/setLevel")
                _logLevel = request;
            else if (request is { Method: "resources/subscribe", Uri: { } uri } && _resources.Count < MaxResources)
                _resources[uri] = request;
            else if (request is { Method: "resources/unsubscribe", Uri: { } left })
                _resources.Remove(left);
        }
    }

    public IReadOnlyList<Message> Requests()
    {
        lock (_gate)
            return _logLevel is null ? [.. _resources.Values] : [_logLevel, .. _resources.Values];
    }
}
