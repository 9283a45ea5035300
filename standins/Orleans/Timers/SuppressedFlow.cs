namespace Orleans.Timers;

/// <summary>Keeps async locals out of what is created inside, also where the flow is suppressed already.</summary>
internal readonly struct SuppressedFlow : IDisposable
{
    private readonly bool _restore;

    private SuppressedFlow(bool restore) => _restore = restore;

    public static SuppressedFlow Begin()
    {
        if (ExecutionContext.IsFlowSuppressed()) return default;

        ExecutionContext.SuppressFlow();
        return new SuppressedFlow(restore: true);
    }

    public void Dispose()
    {
        if (_restore) ExecutionContext.RestoreFlow();
    }
}
