using Actors.Frontend.Catalogues;
using Actors.Frontend.Mcp.Calls;
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
/// Makes a job of a call. The handle is known before the first try, so that every further one, on whatever silo, is the same job's: where an
/// earlier one was stored and only its answer was lost, that job is the answer. Calls that are to be one job have one handle.
/// </summary>
internal sealed class JobCreation(
    JobHandles handles, CatalogueFeed catalogue, SiloTurns turns, RetryPolicy retries, JobIds ids, TimeProvider time)
{
    /// <summary>The handle that a call with this key has.</summary>
    public ValueTask<string> HandleOfAsync(McpRequest request, PrimitiveCall call, string idempotencyKey) =>
        ids.OfKeyAsync(request.Caller, call.Name, idempotencyKey, request.Aborted);

    /// <summary>Whether there is such a job already.</summary>
    public async ValueTask<bool> ExistsAsync(McpRequest request, string handle) =>
        await handles.GetAsync(request.Caller, handle, request.Aborted) is not null;

    /// <summary>The handle of the job that tries this one again, whether or not there is one.</summary>
    public ValueTask<string> HandleOfRetryAsync(McpRequest request, JobSnapshot job) =>
        ids.OfRetryAsync(request.Caller, job.Tool, job.Id, request.Aborted);

    /// <summary>Creates the job that tries an earlier one again; where another request has done so meanwhile, that one is returned.</summary>
    /// <exception cref="RefusedException">It could not be created in time.</exception>
    /// <exception cref="JobRefusedException">It cannot be: the earlier one is gone, or a limit is reached.</exception>
    public async ValueTask<JobSnapshot> RetryAsync(McpRequest request, JobSnapshot earlier)
    {
        // The earlier job's own arguments are put in where its record is at hand. What the client can be asked is this one's business.
        var call = PrimitiveCalls.From(request, earlier.Tool) with
        {
            Params = "{}"u8.ToArray(), AnswersThroughJobTools = !request.Envelope.DeclaresTasks,
        };
        var wanted = new JobRequest { Call = call, Options = new JobOptions { RetryOf = earlier.Id } };
        return await CreateAsync(request, wanted, await HandleOfRetryAsync(request, earlier), isFresh: false);
    }

    /// <exception cref="RefusedException">It could not be created in time; the message names the handle that it would have.</exception>
    /// <exception cref="JobRefusedException">It cannot be: over a limit, or its key is that of a call with other arguments.</exception>
    public async ValueTask<(JobHandle Handle, JobSnapshot Job)> CreateAsync(McpRequest request, JobTerms terms, PrimitiveCall call, CallOptions options)
    {
        var wanted = new JobRequest
        {
            Call = call,
            TtlMs = options.TtlMs,
            Labels = options.Labels,
            StartAt = options.StartAt,
            Priority = options.Priority,
            Options = options.Kept,
        };
        var job = request.JobId is { } id ? await CreateAsync(request, wanted, id, isFresh: false)
            : terms.DeduplicateSeconds > 0 ? await CreateOnceAsync(request, wanted, terms.DeduplicateSeconds)
            : await CreateAsync(request, wanted, JobKey.NewId(), isFresh: true);
        request.IsJoined = job.IsJoined;
        return (handles.Find(request.Caller, job.Id)!, job);
    }

    private ValueTask<JobSnapshot> CreateAsync(McpRequest request, JobRequest wanted, string id, bool isFresh)
    {
        var grain = handles.Grain(request.Caller, id);
        return TryAsync(wanted, id, () =>
        {
            var isFirst = isFresh;
            isFresh = false;
            return isFirst ? FreshJob.CreateAsync(grain, wanted, CancellationToken.None) : grain.CreateAsync(wanted, CancellationToken.None);
        });
    }

    /// <summary>
    /// For a tool whose calls with the same arguments are one job within a time. An id stands for a window of that length; the job of a call
    /// may be in this window or, begun less than that long ago, in the one before. Which, the jobs themselves say.
    /// </summary>
    private async ValueTask<JobSnapshot> CreateOnceAsync(McpRequest request, JobRequest wanted, int seconds)
    {
        using var parameters = ParamsDocument.Open(wanted.Call.Params);
        var arguments = ParamsDocument.OptionalObject(parameters.RootElement, "arguments") is { } given ? CanonicalJson.Of(given) : "{}"u8.ToArray();
        var length = TimeSpan.FromSeconds(seconds);
        for (var window = WindowOf(seconds) - 1; ; window++)
        {
            var id = await ids.OfArgumentsAsync(request.Caller, wanted.Call.Name, arguments, window, request.Aborted);
            var until = DateTimeOffset.FromUnixTimeSeconds((window + 1) * seconds);
            var grain = handles.Grain(request.Caller, id);
            if (await TryAsync(wanted, id, () => grain.CreateWithinAsync(wanted, until, length, CancellationToken.None)) is { } job)
                return job;
            if (window > WindowOf(seconds))
                throw new RefusedException(Refusal.Unavailable, "The clocks of this cluster are too far apart to tell this call from an earlier one. Try again in a few seconds.");
        }
    }

    private long WindowOf(int seconds) => time.GetUtcNow().ToUnixTimeSeconds() / seconds;

    private async ValueTask<T> TryAsync<T>(JobRequest wanted, string id, Func<Task<T>> create)
    {
        try
        {
            // Not the connection's token: a client that goes away now leaves a job behind, not half of one.
            return await retries.RunAsync(() => PlaceAsync(wanted.Call, create), CancellationToken.None);
        }
        catch (RefusedException refused) when (refused.Refusal == Refusal.Unavailable && wanted.Options?.IdempotencyKey is not null)
        {
            throw new RefusedException(Refusal.Unavailable, $"{refused.Message} Make the call again with the same key: it is one job, the {id}.");
        }
        catch (RefusedException refused) when (refused.Refusal == Refusal.Unavailable)
        {
            throw new RefusedException(
                Refusal.Unavailable,
                $"{refused.Message} This call may have become the job {id} all the same: look at that first, so that it does not run twice.",
                WireError.TryAgainButLookAt(id));
        }
    }

    private async ValueTask<T> PlaceAsync<T>(PrimitiveCall call, Func<Task<T>> create)
    {
        var view = await catalogue.GetAsync(CancellationToken.None);
        var silo = turns.Next(view.Places.Of(call).Silos);
        try
        {
            return await PlacementHint.At(silo, create);
        }
        catch (OrleansMessageRejectionException) when (silo is not null)
        {
            turns.Avoid(silo);
            throw;
        }
    }
}
