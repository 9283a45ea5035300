namespace Orleans;

public static class PublicOrleansTaskExtensions
{
    /// <summary>Observes the task's exception, so that nobody else has to.</summary>
    public static void Ignore(this Task task) =>
        task.ContinueWith(
            static t => _ = t.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}
