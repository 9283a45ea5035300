namespace Orleans.Runtime;

public interface ISiloLifecycleSubject : ISiloLifecycle, ILifecycleObserver
{
}
