namespace Actors.Cli.Stdio;

/// <summary>What <c>actors stdio</c> was told. The defaults are those of its command line options.</summary>
internal sealed record StdioOptions
{
    /// <summary>The MCP endpoint. <c>--url</c>, or ACTORS_URL.</summary>
    public required Uri Url { get; init; }

    /// <summary>The API key; null: none is sent. <c>--key</c>, <c>--key-file</c>, or ACTORS_KEY. Never shown.</summary>
    public string? Key { get; init; }

    /// <summary>How long a request is tried for once the server has answered before; 10 minutes. <c>--retry-seconds</c></summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The same while it has never answered, when the URL may be wrong; 30 seconds. <c>--start-seconds</c></summary>
    public TimeSpan StartFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause between two tries; 10 seconds. <c>--longest-pause-seconds</c></summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may take; 10 seconds. <c>--connect-seconds</c></summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long answers still under way are waited for when the host has closed its end; 5 seconds. <c>--drain-seconds</c></summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of a line from the host; 4 MiB. <c>--max-line-bytes</c></summary>
    public int MaxLineBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Bytes of a message from the server; 32 MiB. <c>--max-message-bytes</c></summary>
    public int MaxMessageBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Requests under way at once, streams of subscriptions/listen included; 256. <c>--max-requests</c></summary>
    public int MaxRequests { get; init; } = 256;

    /// <summary>Messages that wait for the host to read them, and of its notifications for the server to take them; 256. <c>--max-queued-messages</c></summary>
    public int MaxQueuedMessages { get; init; } = 256;

    /// <summary>Whether each request and each retry is told on standard error; no. <c>--verbose</c></summary>
    public bool IsVerbose { get; init; }
}
