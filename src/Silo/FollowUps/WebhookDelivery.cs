using System.Collections.Concurrent;
using System.Text.Json;
using Actors.Jobs;
using Actors.Silo.Hosting;
using Actors.Storage.FollowUps;
using Actors.Storage.Leases;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Silo.FollowUps;

/// <summary>
/// Delivers messages about jobs that have ended: at least once each, or given up after many tries. Of each tenant only a few are on their
/// way at once, so that a receiver that does not answer delays nobody else's.
/// </summary>
internal sealed partial class WebhookDelivery(
    FollowUpTable followUps,
    WebhookSecrets secrets,
    WebhookSender sender,
    SiloLease lease,
    IGrainFactory grains,
    IOptions<WebhookOptions> options,
    IOptions<FollowUpOptions> looks,
    TimeProvider time,
    ILogger<WebhookDelivery> logger) : BackgroundService
{
    private const double Backoff = 4;

    /// <summary>Longer than a try can take with all that is around it; after that somebody else tries.</summary>
    private readonly TimeSpan _holdFor = options.Value.Timeout + TimeSpan.FromSeconds(45);

    private readonly ConcurrentDictionary<FollowUp, Task> _onTheirWay = new();
    private readonly WebhookOptions _options = options.Value;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Duty.RepeatAsync(token => Duty.WhileFoundAsync(LookAsync, token), looks.Value.LookEvery, time, LogFailed, stoppingToken);

    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var free = _options.MaxAtOnce - _onTheirWay.Count;
        if (!lease.IsHeld || free <= 0)
            return false;
        string[] full = [.. _onTheirWay.Keys.GroupBy(one => one.Job.Tenant).Where(tenant => tenant.Count() >= _options.MaxPerTenant).Select(tenant => tenant.Key)];
        var taken = await followUps.TakeAsync(FollowUpKind.Webhook, lease.Current, full, free, _holdFor, cancellationToken);
        foreach (var one in taken)
        {
            // Registered before it can end.
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _onTheirWay[one] = DeliverAsync(one, begun.Task, cancellationToken);
            begun.SetResult();
        }

        return taken.Count > 0;
    }

    private async Task DeliverAsync(FollowUp followUp, Task begun, CancellationToken cancellationToken)
    {
        await begun;
        try
        {
            if (await grains.GetGrain<IJobGrain>(followUp.Job.ToString()).GetAsync(followUp.Owner) is { } job)
                await DeliverAsync(followUp, job, cancellationToken);
            else
                await followUps.EndAsync(followUp, "The job's record is gone.", FollowUpNote.Webhook("gone", $"{followUp.Id:N}", "", followUp.Tries), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The boundary of one delivery: it is held for a while, and then tried again, here or elsewhere.
            LogNotTried(followUp.Job.Tenant, followUp.Job.Id, exception);
        }
        catch (OperationCanceledException)
        {
            // This silo stops: another one tries it again.
        }
        finally
        {
            _onTheirWay.TryRemove(followUp, out _);
        }
    }

    private async Task DeliverAsync(FollowUp followUp, JobSnapshot job, CancellationToken cancellationToken)
    {
        // The end is stored, and the job's grain has not heard so yet: there is nothing to tell for a moment.
        if (!job.Status.IsTerminal())
        {
            await followUps.PostponeAsync(followUp, looks.Value.RetryAfter, cancellationToken);
            return;
        }

        using var wanted = JsonDocument.Parse(followUp.Wanted);
        var url = new Uri(wanted.RootElement.GetProperty("webhook").GetProperty("url").GetString()!, UriKind.Absolute);
        var message = WebhookMessage.Of(followUp, job, _options);
        var answer = await sender.SendAsync(url, message, await secrets.InForceAsync(followUp.Job.Tenant, cancellationToken), cancellationToken);
        var attempt = followUp.Tries + 1;
        // The host alone: the rest of an address may be a secret.
        var host = url.IdnHost;
        if (answer.IsAccepted)
        {
            await followUps.EndAsync(
                followUp, $"The webhook at {host} was told ({answer.Text}), at try {attempt}.", FollowUpNote.Webhook("delivered", message.Id, host, attempt), cancellationToken);
        }
        else if (answer.IsFinal || attempt >= _options.MaxTries)
        {
            LogGivenUp(followUp.Job.Tenant, followUp.Job.Id, attempt, answer.Text);
            await followUps.EndAsync(
                followUp, $"The webhook at {host} was given up at try {attempt}: {answer.Text}.", FollowUpNote.Webhook("given_up", message.Id, host, attempt), cancellationToken);
        }
        else
        {
            var delay = DelayAfter(attempt);
            var text = $"The webhook at {host} was not told at try {attempt} ({answer.Text}); it is tried again in {delay.TotalSeconds:0} s.";
            await followUps.RetryAsync(followUp, delay, text, FollowUpNote.Webhook("failed", message.Id, host, attempt), cancellationToken);
        }
    }

    private TimeSpan DelayAfter(int attempt)
    {
        var delay = Math.Min(_options.FirstRetryDelay.TotalSeconds * Math.Pow(Backoff, attempt - 1), _options.MaxRetryDelay.TotalSeconds);
        return TimeSpan.FromSeconds(delay * (0.9 + (0.2 * Random.Shared.NextDouble())));
    }
}
