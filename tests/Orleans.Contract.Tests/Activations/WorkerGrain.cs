using Orleans.Concurrency;

namespace Orleans.Contract.Tests.Activations;

[StatelessWorker(2)]
internal sealed class WorkerGrain : Grain, IWorkerGrain
{
    private int _inside;

    public async Task<string> WorkAsync(string key)
    {
        if (++_inside > 1) Signals.Set(key, "overlap");
        if (Signals.Add(key, "entered") == 2) Signals.Set(key, "two");
        await Signals.WaitAsync(key, "go");
        _inside--;
        return GrainContext.ActivationId.ToString();
    }
}
