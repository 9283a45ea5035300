using Actors.Frontend.Catalogues;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Tasks;
using Actors.Frontend.Placement;
using Actors.Frontend.Retries;
using Actors.Jobs;
using Actors.Tools;
using Orleans.Runtime;

namespace Actors.Frontend.Mcp.Tools;

/// <summary>
/// Makes a job of a call. The handle is drawn once, so that every further try, on whatever silo, is the same job's: where an
/// earlier one was stored and only its answer was lost, that job is the answer.
/// </summary>
internal sealed class JobCreation(JobHandles handles, CatalogueFeed catalogue, SiloTurns turns, RetryPolicy retries)
{
    /// <param name="request">The request.</param>
    /// <param name="call">What is to run.</param>
    /// <param name="ttlMs">Milliseconds that the record is wanted for; null: as the tool has it.</param>
    /// <exception cref="RefusedException">It could not be created in time; the message names the handle that it would have.</exception>
    public async ValueTask<(JobHandle Handle, JobSnapshot Job)> CreateAsync(McpRequest request, PrimitiveCall call, long? ttlMs = null)
    {
        var id = request.JobId ?? JobKey.NewId();
        var grain = handles.Grain(request.Caller, id);
        var isFresh = request.JobId is null;
        var wanted = new JobRequest { Call = call, TtlMs = ttlMs, Labels = JobLabels.Read(call.Params) };
        try
        {
            // Not the connection's token: a client that goes away now leaves a job behind, not half of one.
            var job = await retries.RunAsync(
                () =>
                {
                    var created = TryAsync(grain, wanted, isFresh);
                    isFresh = false;
                    return created;
                },
                CancellationToken.None);
            return (handles.Find(request.Caller, id)!, job);
        }
        catch (RefusedException refused) when (refused.Refusal == Refusal.Unavailable)
        {
            throw new RefusedException(
                Refusal.Unavailable,
                $"{refused.Message} This call may have become the job {id} all the same: look at that first, so that it does not run twice.",
                WireError.TryAgainButLookAt(id));
        }
    }

    private async ValueTask<JobSnapshot> TryAsync(IJobGrain grain, JobRequest request, bool isFresh)
    {
        var view = await catalogue.GetAsync(CancellationToken.None);
        var silo = turns.Next(view.Places.Of(request.Call).Silos);
        try
        {
            return await PlacementHint.At(
                silo,
                () => isFresh ? FreshJob.CreateAsync(grain, request, CancellationToken.None) : grain.CreateAsync(request, CancellationToken.None));
        }
        catch (OrleansMessageRejectionException) when (silo is not null)
        {
            turns.Avoid(silo);
            throw;
        }
    }
}
