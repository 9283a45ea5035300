namespace Orleans.Streams;

/// <summary>One open enumeration at the grain.</summary>
internal abstract class ServedStream : IAsyncDisposable
{
    public long LastPolledTicks { get; set; }

    public bool IsPolling { get; protected set; }

    public abstract void Cancel();

    public abstract ValueTask DisposeAsync();
}
