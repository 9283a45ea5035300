namespace Actors.Frontend.Tests.Lifecycle;

/// <summary>Who runs, and who waits: one runs at a time, and the next is the one of the highest priority that may start the longest.</summary>
internal sealed class QueueModel
{
    private readonly List<QueuedJob> _waiting = [];

    public QueuedJob? Running { get; private set; }

    public IReadOnlyList<QueuedJob> Waiting => _waiting;

    public void Start(QueuedJob job)
    {
        _waiting.Add(job);
        Next();
    }

    public void End()
    {
        Running = null;
        Next();
    }

    public void Leave(QueuedJob job) => _waiting.Remove(job);

    private void Next()
    {
        if (Running is not null || _waiting.Count == 0)
            return;
        Running = _waiting.OrderByDescending(job => job.Priority).ThenBy(job => job.StartAt).First();
        _waiting.Remove(Running);
    }
}
