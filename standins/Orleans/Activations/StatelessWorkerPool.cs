using Orleans.Calls;
using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>The activations of one stateless worker: a call goes to an idle one, to a new one, or to the shortest queue.</summary>
internal sealed class StatelessWorkerPool(GrainClass grainClass, GrainId grainId, int maxWorkers, ActivationDirectory directory)
    : CallTarget
{
    private readonly List<Activation> _workers = [];
    private GrainReference? _reference;

    public GrainReference GrainReference => _reference ??= directory.References.CreateUntyped(grainClass, grainId.Key);

    public override bool TryReceive(GrainCall call)
    {
        lock (_workers)
        {
            // One that is just leaving refuses, and is then no longer in the list.
            while (!Choose().TryReceive(call))
            {
            }
        }

        return true;
    }

    public void Remove(Activation activation)
    {
        lock (_workers) _workers.Remove(activation);
        directory.RemoveWorker(activation);
    }

    private Activation Choose()
    {
        Activation? best = null;
        for (var i = _workers.Count - 1; i >= 0; i--)
        {
            var worker = _workers[i];
            if (worker.IsGone) _workers.RemoveAt(i);
            else if (worker.OpenCalls == 0 && worker.IsOpen) return worker;
            else if (best is null || worker.OpenCalls < best.OpenCalls) best = worker;
        }

        if (best is not null && _workers.Count >= maxWorkers) return best;

        var created = new Activation(grainClass, grainId, directory, this);
        _workers.Add(created);
        directory.AddWorker(created);
        return created;
    }
}
