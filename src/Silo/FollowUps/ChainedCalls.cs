using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Jobs;
using Actors.Silo.Creation;
using Actors.Silo.Hosting;
using Actors.Storage;
using Actors.Storage.FollowUps;
using Actors.Storage.Leases;
using Actors.Tools;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Silo.FollowUps;

/// <summary>Makes the calls that jobs were to be followed by. The handle of each is in the database before its job is made, and stays the same.</summary>
internal sealed partial class ChainedCalls(
    FollowUpTable followUps,
    SiloLease lease,
    OwnJobs jobs,
    WholeResults results,
    IGrainFactory grains,
    IOptions<FollowUpOptions> options,
    TimeProvider time,
    ILogger<ChainedCalls> logger) : BackgroundService
{
    /// <summary>Longer than making a job can take; after that somebody else tries.</summary>
    private static readonly TimeSpan HoldFor = TimeSpan.FromSeconds(45);

    private const int MaxReasonChars = 500;

    private readonly FollowUpOptions _options = options.Value;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Duty.RepeatAsync(token => Duty.WhileFoundAsync(LookAsync, token), _options.LookEvery, time, LogFailed, stoppingToken);

    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        if (!lease.IsHeld)
            return false;
        var taken = await followUps.TakeAsync(FollowUpKind.Call, lease.Current, [], _options.Parallelism, HoldFor, cancellationToken);
        await Task.WhenAll(taken.Select(one => CallAsync(one, cancellationToken)));
        return taken.Count > 0;
    }

    private async Task CallAsync(FollowUp followUp, CancellationToken cancellationToken)
    {
        try
        {
            if (await grains.GetGrain<IJobGrain>(followUp.Job.ToString()).GetAsync(followUp.Owner) is { } job)
                await CallAsync(followUp, job, cancellationToken);
            else
                await followUps.EndAsync(followUp, "The job's record is gone.", FollowUpNote.Call("gone"), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The boundary of one call: a silo or the database went away, and whoever tries next makes the same job.
            LogPostponed(followUp.Job.Tenant, followUp.Job.Id, exception);
            await followUps.PostponeAsync(followUp, _options.RetryAfter, cancellationToken);
        }
    }

    private async Task CallAsync(FollowUp followUp, JobSnapshot job, CancellationToken cancellationToken)
    {
        // The end is stored, and the job's grain has not heard so yet: its result is not known for a moment.
        if (!job.Status.IsTerminal())
        {
            await followUps.PostponeAsync(followUp, _options.RetryAfter, cancellationToken);
            return;
        }

        using var wanted = JsonDocument.Parse(followUp.Wanted);
        var then = wanted.RootElement.GetProperty("then");
        var tool = then.GetProperty("tool").GetString()!;
        var id = followUp.Id.ToString("N");
        if (!jobs.CanRun(tool))
        {
            await (IsWithinPatience(followUp)
                ? followUps.PostponeAsync(followUp, _options.RetryAfter, cancellationToken)
                : followUps.EndAsync(followUp, $"'{tool}' was not called: no silo offers it as a job.", FollowUpNote.Call("refused", tool), cancellationToken));
            return;
        }

        if (CallTemplate.WantsResult(then.GetProperty("arguments")))
        {
            var whole = await results.OfAsync(followUp.Owner, job, cancellationToken);
            if (whole.Refusal is { } tooLarge)
            {
                await followUps.EndAsync(followUp, $"'{tool}' was not called: {tooLarge}", FollowUpNote.Call("refused", tool), cancellationToken);
                return;
            }

            job = whole.Job;
        }

        try
        {
            await jobs.CreateAsync(new JobKey(followUp.Job.Tenant, id), Request(followUp, job, tool, then), cancellationToken);
        }
        catch (JobRefusedException refused) when (LimitReached.Of(refused.Error) is not null && IsWithinPatience(followUp))
        {
            // Too many of its owner's jobs wait: that passes, and nobody is there to call again.
            await followUps.PostponeAsync(followUp, _options.RetryAfter, cancellationToken);
            return;
        }
        catch (JobRefusedException refused)
        {
            var reason = Beginning.Of(refused.Message, MaxReasonChars);
            await followUps.EndAsync(followUp, $"'{tool}' was not called: {reason}", FollowUpNote.Call("refused", tool), cancellationToken);
            return;
        }

        await followUps.EndAsync(followUp, $"'{tool}' was called as job {id}.", FollowUpNote.Call("called", tool, id), cancellationToken);
        LogCalled(followUp.Job.Tenant, followUp.Job.Id, id);
    }

    private bool IsWithinPatience(FollowUp followUp) => time.GetUtcNow() - followUp.CreatedAt < _options.MissingToolPatience;

    private static JobRequest Request(FollowUp followUp, JobSnapshot job, string tool, JsonElement then) => new()
    {
        Call = new PrimitiveCall
        {
            Caller = followUp.Owner,
            Method = "tools/call",
            Name = tool,
            Params = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
            {
                ["name"] = tool,
                ["arguments"] = CallTemplate.Fill(then.GetProperty("arguments"), job),
            }),
            ProtocolVersion = OwnCalls.ProtocolVersion,
            ClientCapabilities = OwnCalls.NoCapabilities,
            AnswersThroughJobTools = true,
        },
        Labels = followUp.Labels,
        Options = new JobOptions
        {
            CalledBy = followUp.Job.Id,
            FollowUp = then.TryGetProperty("next", out var next) ? JsonSerializer.SerializeToUtf8Bytes(next) : null,
        },
    };
}
