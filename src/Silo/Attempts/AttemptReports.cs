using System.Globalization;
using System.Text;
using Actors.Grains.Jobs;
using Actors.Jobs;

namespace Actors.Silo.Attempts;

/// <summary>
/// Carries what a tool reports to its job's grain, one message at a time: progress that comes faster than that is
/// overtaken by later progress, log lines are kept in order up to a limit.
/// </summary>
internal sealed class AttemptReports(Func<AttemptReport, Task> send, int maxPendingLines, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<JobLogLine> _lines = [];
    private JobProgress? _progress;
    private int _dropped;
    private Task _sending = Task.CompletedTask;
    private bool _closed;

    public void Progress(JobProgress progress)
    {
        lock (_lock)
        {
            _progress = progress;
            Kick();
        }
    }

    public void Log(JobLogLine line)
    {
        lock (_lock)
        {
            if (_lines.Count < maxPendingLines)
            {
                _lines.Add(line);
            }
            else
            {
                _dropped++;
            }

            Kick();
        }
    }

    /// <summary>Ends the sending, and returns what is left to say with the attempt's end.</summary>
    public async Task<AttemptReport?> CloseAsync()
    {
        Task sending;
        lock (_lock)
        {
            _closed = true;
            sending = _sending;
        }

        await sending;
        return Take();
    }

    private void Kick()
    {
        if (!_closed && _sending.IsCompleted)
        {
            _sending = Task.Run(SendAsync);
        }
    }

    private async Task SendAsync()
    {
        while (Take() is { } report)
        {
            try
            {
                await send(report);
            }
            catch (Exception)
            {
                // A report is a courtesy: losing one must not end the tool, and a stale attempt is stopped by its sender.
            }
        }
    }

    private AttemptReport? Take()
    {
        lock (_lock)
        {
            if (_progress is null && _lines.Count == 0)
            {
                // Marked as done under the lock, so that a report which comes now starts the next round.
                _sending = Task.CompletedTask;
                return null;
            }

            if (_dropped > 0)
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"\"{_dropped} log lines came too fast and were dropped.\"");
                _lines.Add(new JobLogLine(time.GetUtcNow(), "warning", "actors", Encoding.UTF8.GetBytes(text)));
                _dropped = 0;
            }

            var report = new AttemptReport(_progress, [.. _lines]);
            _progress = null;
            _lines.Clear();
            return report;
        }
    }
}
