using System.Diagnostics;

namespace Orleans.Configuration;

public abstract class MessagingOptions
{
    private TimeSpan _responseTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long a caller waits for an answer. Default: 30 s.</summary>
    public TimeSpan ResponseTimeout
    {
        get => Debugger.IsAttached ? ResponseTimeoutWithDebugger : _responseTimeout;
        set => _responseTimeout = value;
    }

    /// <summary>The same under a debugger. Default: 30 minutes.</summary>
    public TimeSpan ResponseTimeoutWithDebugger { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// The largest message between processes, in bytes. A larger one fails its own call at the sender; a receiver closes the
    /// connection. Default: 100 MiB.
    /// </summary>
    public int MaxMessageBodySize { get; set; } = 100 * 1024 * 1024;

    /// <summary>Whether a call that timed out is cancelled at the grain too. Default: false.</summary>
    public bool CancelRequestOnTimeout { get; set; }

    /// <summary>Whether a cancelled caller waits for the grain's own end of the call. Default: false.</summary>
    public bool WaitForCancellationAcknowledgement { get; set; }
}
