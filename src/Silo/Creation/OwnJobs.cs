using Actors.Jobs;
using Actors.Silo.Packs;
using Actors.Tools;
using Orleans;
using Orleans.Runtime;

namespace Actors.Silo.Creation;

/// <summary>
/// Makes the jobs that no client's call makes: a schedule's runs, and what follows a job's end. Whoever asks has drawn the handle
/// before, durably, so that asking again is the same job.
/// </summary>
internal sealed class OwnJobs(ClusterCatalogue catalogue, IGrainFactory grains)
{
    /// <summary>Whether some silo runs the tool as a job now.</summary>
    public bool CanRun(string tool) => catalogue.Has(tool);

    /// <exception cref="JobRefusedException">It will not become a job.</exception>
    public Task<JobSnapshot> CreateAsync(JobKey key, JobRequest request, CancellationToken cancellationToken)
    {
        var job = grains.GetGrain<IJobGrain>(key.ToString());
        return PlacementHint.At(Place(request.Call.Name), () => job.CreateAsync(request, cancellationToken));
    }

    // A silo that has the tool: while a cluster is upgraded not all do.
    private SiloAddress? Place(string tool)
    {
        var view = catalogue.Catalogue;
        var places = view.Tools.FirstOrDefault(entry => entry.Name == tool)?.Silos ?? [];
        var index = places.IsEmpty ? -1 : places[Random.Shared.Next(places.Length)];
        return index >= 0 && index < view.Silos.Length ? view.Silos[index].Address : null;
    }
}
