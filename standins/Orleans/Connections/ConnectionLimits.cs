namespace Orleans.Connections;

/// <summary>What one connection to another process may use. Section <c>Orleans:Connections</c>.</summary>
internal sealed class ConnectionLimits
{
    public const string Section = "Orleans:Connections";

    /// <summary>The largest message: <see cref="Configuration.MessagingOptions.MaxMessageBodySize"/>, and nothing in this section.</summary>
    public int MaxFrameBytes { get; set; }

    /// <summary>How many messages may wait to be sent. Default: 10,000.</summary>
    public int MaxQueuedFrames { get; set; } = 10_000;

    /// <summary>How many bytes may wait to be sent; one message may go over it where at most half is taken. Default: 16 MiB.</summary>
    public int MaxQueuedBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Until a connection is made, TLS included. Default: 5 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Until both sides have proved who they are. Default: 5 s.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many connections may be in their handshake at a time at one listener; more are closed. Default: 256.</summary>
    public int MaxHandshakes { get; set; } = 256;

    /// <summary>A connection on which nothing was sent for so long carries a sign of life. Default: 2 s.</summary>
    public TimeSpan SignOfLifeEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A peer of whom nothing came for so long is taken for dead. Default: 15 s.</summary>
    public TimeSpan MaxSilence { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A peer that takes nothing of what waits for it for so long is cut off. Default: 30 s.</summary>
    public TimeSpan MaxStall { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection that is closed in good order may take to send what waits. Default: 2 s.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause before a peer that could not be reached is tried again. Default: 1 s.</summary>
    public TimeSpan MaxReconnectDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The throwing kind of validation: the first setting that makes no sense.</summary>
    public void Check()
    {
        Positive(MaxFrameBytes, nameof(Configuration.MessagingOptions.MaxMessageBodySize));
        Positive(MaxQueuedFrames, nameof(MaxQueuedFrames));
        Positive(MaxQueuedBytes, nameof(MaxQueuedBytes));
        Positive(MaxHandshakes, nameof(MaxHandshakes));
        Positive(ConnectTimeout.Ticks, nameof(ConnectTimeout));
        Positive(HandshakeTimeout.Ticks, nameof(HandshakeTimeout));
        Positive(SignOfLifeEvery.Ticks, nameof(SignOfLifeEvery));
        Positive(CloseTimeout.Ticks, nameof(CloseTimeout));
        Positive(MaxStall.Ticks, nameof(MaxStall));
        Positive(MaxReconnectDelay.Ticks, nameof(MaxReconnectDelay));
        if (MaxSilence <= SignOfLifeEvery)
            throw new Runtime.OrleansConfigurationException($"{Section}:{nameof(MaxSilence)} must be longer than {nameof(SignOfLifeEvery)}.");
    }

    private static void Positive(long value, string name)
    {
        if (value <= 0) throw new Runtime.OrleansConfigurationException($"{Section}:{name} must be more than 0.");
    }
}
