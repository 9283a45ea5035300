namespace Actors.Storage.Tests.Leases;

/// <summary>A thread pool whose threads all wait, and that gets no more of them.</summary>
internal sealed class StarvedPool : IDisposable
{
    private const int Blockers = 256;

    private readonly ManualResetEventSlim _end = new();
    private readonly int _workers;
    private readonly int _completions;

    public StarvedPool()
    {
        ThreadPool.GetMaxThreads(out _workers, out _completions);
        ThreadPool.SetMaxThreads(Environment.ProcessorCount, Environment.ProcessorCount);
        for (var i = 0; i < Blockers; i++) ThreadPool.UnsafeQueueUserWorkItem(_ => _end.Wait(), null);
    }

    /// <summary>Whether work that is handed to the pool now is not even begun within a time.</summary>
    public static bool WaitedInVain(TimeSpan patience)
    {
        var begun = new ManualResetEventSlim();
        ThreadPool.UnsafeQueueUserWorkItem(_ => begun.Set(), null);
        return !begun.Wait(patience);
    }

    public void Dispose()
    {
        // Not disposed: the blockers may still look at it.
        _end.Set();
        ThreadPool.SetMaxThreads(_workers, _completions);
    }
}
