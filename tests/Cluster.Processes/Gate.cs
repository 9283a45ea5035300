namespace Actors.Cluster.Processes;

/// <summary>Holds up whoever passes while it is closed.</summary>
internal sealed class Gate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _closed;

    public ValueTask PassAsync(CancellationToken cancellationToken)
    {
        var closed = Volatile.Read(ref _closed);
        return closed is null ? ValueTask.CompletedTask : new ValueTask(closed.Task.WaitAsync(cancellationToken));
    }

    public void Set(bool open)
    {
        lock (_lock)
        {
            if (open == (_closed is null))
                return;
            var closed = _closed;
            Volatile.Write(ref _closed, open ? null : new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            closed?.SetResult();
        }
    }
}
