using System.Text.Json;
using Actors.Jobs;
using Actors.Silo.Creation;
using Actors.Silo.Hosting;
using Actors.Storage;
using Actors.Storage.Leases;
using Actors.Storage.Schedules;
using Actors.Tools;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Actors.Silo.Schedules;

/// <summary>
/// Makes a job of each due time of each schedule. Every silo looks; a schedule is looked at by one at a time. What is to run is
/// stored before its job is made, and the job's handle follows from it, so that a death in between neither loses nor doubles a run.
/// </summary>
internal sealed partial class RecurringJobs(
    NpgsqlDataSource dataSource,
    SiloLease lease,
    OwnJobs jobs,
    IOptions<ScheduleOptions> options,
    TimeProvider time,
    ILogger<RecurringJobs> logger) : BackgroundService
{
    private const int MaxReasonChars = 500;

    private readonly ScheduleOptions _options = options.Value;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Duty.RepeatAsync(LookAtAllAsync, _options.LookEvery, time, LogFailed, stoppingToken);

    private async Task LookAtAllAsync(CancellationToken cancellationToken)
    {
        if (await LookAsync(cancellationToken))
            await Task.WhenAll(Enumerable.Range(0, _options.Parallelism).Select(_ => Duty.WhileFoundAsync(LookAsync, cancellationToken)));
    }

    /// <returns>Whether there was something.</returns>
    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        if (!lease.IsHeld)
            return false;
        await using var turn = await ScheduleTurn.TakeAsync(dataSource, lease.Current, cancellationToken);
        if (turn is null)
            return false;
        var schedule = turn.Schedule;
        if (!CronExpression.TryParse(schedule.Cron, out var cron, out var fault) || !TimeZones.TryFind(schedule.TimeZone, out var zone))
        {
            // Another version took it, or another machine has the zone.
            await turn.PostponeAsync(_options.Grace, fault ?? $"There is no time zone '{schedule.TimeZone}' here.", _options, cancellationToken);
            LogUnreadable(schedule.Owner.Tenant, schedule.Id);
        }
        else if (turn.Starting is { } due)
        {
            await StartAsync(turn, due, cron.NextAfter(due, zone), cancellationToken);
        }
        else
        {
            await turn.SettleAsync(cron, zone, _options, cancellationToken);
        }

        return true;
    }

    private async Task StartAsync(ScheduleTurn turn, DateTimeOffset due, DateTimeOffset? next, CancellationToken cancellationToken)
    {
        var schedule = turn.Schedule;
        if (!jobs.CanRun(schedule.Tool))
        {
            var reason = $"No silo offers the tool '{schedule.Tool}' as a job.";
            await (IsWithinPatience(turn)
                ? turn.PostponeAsync(_options.RetryAfter, reason, _options, cancellationToken)
                : turn.RefusedAsync(next, reason, _options, cancellationToken));
            return;
        }

        var key = new JobKey(schedule.Owner.Tenant, schedule.JobIdOf(due));
        try
        {
            await jobs.CreateAsync(key, Request(schedule), cancellationToken);
        }
        catch (JobRefusedException refused) when (LimitReached.Of(refused.Error) is not null && IsWithinPatience(turn))
        {
            // Too many of its owner's jobs wait, which passes.
            await turn.PostponeAsync(_options.RetryAfter, Beginning.Of(refused.Message, MaxReasonChars), _options, cancellationToken);
            return;
        }
        catch (JobRefusedException refused)
        {
            LogRefused(key.Tenant, schedule.Id, refused.Message);
            await turn.RefusedAsync(next, Beginning.Of(refused.Message, MaxReasonChars), _options, cancellationToken);
            return;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The boundary of one run: a silo or the database went away, and whoever looks next makes the same job.
            LogPostponed(key.Tenant, key.Id, schedule.Id, exception);
            await turn.PostponeAsync(_options.RetryAfter, "The job could not be created; it is tried again.", _options, cancellationToken);
            return;
        }

        await turn.StartedAsync(next, key.Id, _options, cancellationToken);
        LogStarted(key.Tenant, key.Id, schedule.Id);
    }

    private bool IsWithinPatience(ScheduleTurn turn) => turn.Now - turn.StartingSince < _options.MissingToolPatience;

    private static JobRequest Request(Schedule schedule) => new()
    {
        Call = new PrimitiveCall
        {
            Caller = schedule.Owner,
            Method = "tools/call",
            Name = schedule.Tool,
            Params = schedule.Params,
            ProtocolVersion = OwnCalls.ProtocolVersion,
            ClientCapabilities = OwnCalls.NoCapabilities,
            // Nobody waits on a connection: whoever looks at the job answers it.
            AnswersThroughJobTools = true,
        },
        Labels = JsonSerializer.Serialize(new Dictionary<string, string> { ["schedule"] = schedule.Name }),
        Options = new JobOptions { Schedule = schedule.Id.ToString("N") },
    };
}
