using Actors.Jobs;
using Actors.Silo.Attempts;
using Actors.Silo.Packs;
using Actors.Storage.Leases;
using Actors.Storage.Queue;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Queue;

/// <summary>
/// Takes jobs from the line for the slots that are free here: at once when a slot or a limit comes free on this silo, when a job is put in
/// line here, or on another silo that has no slot for it; on time when the start of one has come that was seen before; and now and then for
/// what nobody told.
/// </summary>
internal sealed partial class JobClaims : BackgroundService
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromMinutes(5);

    private readonly JobLine _line;
    private readonly AttemptSlots _slots;
    private readonly ClaimedStarts _starts;
    private readonly OtherSilos _others;
    private readonly SiloLease _lease;
    private readonly IReadOnlyDictionary<string, ToolLimits> _tools;
    private readonly QueueOptions _options;
    private readonly LineWindow _window;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Signal _kicked = new();
    private volatile bool _leftForSlots;
    private volatile bool _leftForLimits;
    private long _nextStart = long.MaxValue;
    private long _sweptAt;
    private long _forgotAt;
    private bool _inDoubt;

    public JobClaims(
        JobLine line,
        AttemptSlots slots,
        ClaimedStarts starts,
        OtherSilos others,
        SiloLease lease,
        PackContent content,
        IOptions<QueueOptions> options,
        TimeProvider time,
        ILogger<JobClaims> logger)
    {
        (_line, _slots, _starts, _others, _lease, _options, _time, _logger) = (line, slots, starts, others, lease, options.Value, time, logger);
        _tools = content.JobTools.ToDictionary(tool => tool, tool => LimitsOf(content.FindTool(tool)!.Job!), StringComparer.Ordinal);
        _window = new LineWindow(_options.MaxTenants, _options.MaxLanesPerTenant, _options.MaxClaim);
        slots.Freed += OnFreed;
    }

    /// <summary>Whether, as far as is known here, nobody waits whom a job that starts now would pass.</summary>
    public bool IsLineEmpty => !_leftForSlots;

    /// <summary>A job was put in line on this silo.</summary>
    /// <param name="startAt">When it may start.</param>
    /// <param name="isLimited">Whether it may have to wait for more than a slot.</param>
    public void Joined(DateTimeOffset startAt, bool isLimited)
    {
        if (startAt <= _time.GetUtcNow())
        {
            _leftForSlots |= !isLimited;
            if (_slots.Free == 0)
            {
                _others.Tell();
            }

            _kicked.Give();
        }
        else if (NoteNextStart(startAt))
        {
            // The wait that is under way may be for a later one.
            _kicked.Give();
        }
    }

    /// <summary>A job is in line for which another silo has no slot: it is looked for now, or when one comes free here.</summary>
    public void Look()
    {
        _leftForSlots = true;
        if (_slots.Free > 0)
        {
            _kicked.Give();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await _starts.WhenNoneAsync().WaitAsync(cancellationToken);
            await PutBackAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            // The boundary of the stop: what is not put back now is recovered when the lease is given up, which is soon.
            LogFailed(exception);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var claimed = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            await WaitAsync(claimed > 0, stoppingToken);
            try
            {
                claimed = await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The boundary of the loop: the database may be away for a moment, and the next look finds the same jobs.
                LogFailed(exception);
                (claimed, _inDoubt) = (0, true);
            }
        }
    }

    private static ToolLimits LimitsOf(JobAttribute terms) => new(terms.MaxRunning, terms.MaxRunningPerTenant);

    private async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        if (!_lease.IsHeld)
        {
            MissStart();
            return 0;
        }

        if (_inDoubt || IsDue(ref _sweptAt, SweepEvery))
        {
            await PutBackAsync(cancellationToken);
        }

        if (_slots.Free == 0)
        {
            MissStart();
            return 0;
        }

        var claimed = await ClaimAsync(_lease.Current, cancellationToken);
        if (IsDue(ref _forgotAt, ForgetEvery))
        {
            await _line.ForgetTurnsAsync(_time.GetUtcNow() - _options.KeepTurns, cancellationToken);
        }

        return claimed;
    }

    /// <summary>A start that has come, and that nothing can be done about here and now, waits like any other.</summary>
    private void MissStart()
    {
        if (Volatile.Read(ref _nextStart) <= _time.GetUtcNow().UtcTicks)
        {
            Volatile.Write(ref _nextStart, long.MaxValue);
            _leftForSlots = true;
            _others.Tell();
        }
    }

    private async Task<int> ClaimAsync(HeldLease lease, CancellationToken cancellationToken)
    {
        var reserved = 0;
        IReadOnlyList<JobKey> jobs = [];
        try
        {
            var request = new ClaimRequest(_tools, _time.GetUtcNow(), _window);
            // Before the look: a start that is put in line during it is not forgotten.
            Volatile.Write(ref _nextStart, long.MaxValue);
            var claim = await _line.ClaimAsync(lease, request, view => Decide(view, out reserved), cancellationToken);
            jobs = claim.Jobs;
            (_leftForSlots, _leftForLimits) = (claim.LeftForSlots, claim.LeftForLimits);
            if (claim.NextStart is { } start)
            {
                NoteNextStart(start);
            }

            foreach (var job in jobs)
            {
                _slots.Hold(job);
                _starts.Begin(job, lease);
            }
        }
        finally
        {
            _slots.Return(reserved - jobs.Count);
        }

        return jobs.Count;
    }

    private ClaimDecision Decide(QueueView view, out int reserved)
    {
        var decision = FairShare.Decide(view, Math.Min(_slots.Free, _options.MaxClaim));
        reserved = _slots.Take(decision.Count);
        // Jobs that were created meanwhile may have taken some.
        return reserved == decision.Count ? decision : FairShare.Decide(view, reserved);
    }

    private async Task PutBackAsync(CancellationToken cancellationToken)
    {
        var lease = _lease.Current;
        if (await _line.PutBackAsync(lease.Silo, lease.Epoch, _starts.Keys, cancellationToken) is var count and > 0)
        {
            LogPutBack(count);
        }

        _inDoubt = false;
    }

    private void OnFreed()
    {
        if (_leftForSlots || _leftForLimits)
        {
            _kicked.Give();
        }
    }

    /// <returns>Whether it is the earliest that is known.</returns>
    private bool NoteNextStart(DateTimeOffset start)
    {
        var ticks = start.UtcTicks;
        for (var known = Volatile.Read(ref _nextStart); ticks < known; known = Volatile.Read(ref _nextStart))
        {
            if (Interlocked.CompareExchange(ref _nextStart, ticks, known) == known)
            {
                return true;
            }
        }

        return false;
    }

    private async Task WaitAsync(bool hasClaimed, CancellationToken cancellationToken)
    {
        if (hasClaimed && _leftForSlots && _slots.Free > 0)
        {
            return;
        }

        if (!hasClaimed)
        {
            await Task.Delay(_options.PauseAfterNothing, _time, cancellationToken);
        }

        var untilStart = new DateTimeOffset(Math.Min(Volatile.Read(ref _nextStart), DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero) - _time.GetUtcNow();
        var wait = untilStart < _options.LookEvery ? untilStart : _options.LookEvery;
        if (wait > TimeSpan.Zero)
        {
            // A whole millisecond more: timers cut off what is less, and a look that comes too early is for nothing.
            await _kicked.WaitAsync(wait + TimeSpan.FromMilliseconds(1), cancellationToken);
        }
    }

    private bool IsDue(ref long last, TimeSpan every)
    {
        if (last != 0 && _time.GetElapsedTime(last) < every)
        {
            return false;
        }

        last = _time.GetTimestamp();
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "Claiming jobs from the line failed; it is tried again.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(LogLevel.Information, "Put {Count} jobs back in line that this silo had claimed and not started.")]
    private partial void LogPutBack(int count);
}
