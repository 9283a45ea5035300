using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Silo.Attempts;

namespace Actors.Silo.Tests;

public sealed class AttemptReportsTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_comes_while_one_report_is_on_its_way_is_sent_in_one_and_what_is_too_much_is_counted()
    {
        var sent = new List<AttemptReport>();
        var first = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var reports = new AttemptReports(
            report =>
            {
                sent.Add(report);
                first.TrySetResult();
                return release.Task;
            },
            maxPendingLines: 3,
            new ManualTime());

        reports.Progress(new JobProgress(1, 10, null));
        await first.Task.WaitAsync(Deadline);
        for (var i = 2; i <= 9; i++)
        {
            reports.Progress(new JobProgress(i, 10, null));
            reports.Log(new JobLogLine(default, "info", null, [(byte)i]));
        }

        release.SetResult();
        Assert.Null(await reports.CloseAsync());
        Assert.Equal([1d, 9d], sent.Select(r => r.Progress!.Progress));
        Assert.Equal(4, sent[1].Log.Length);
        Assert.Equal([2, 3, 4], sent[1].Log[..3].Select(l => (int)l.Data[0]));
        Assert.StartsWith("\"5 log lines", System.Text.Encoding.UTF8.GetString(sent[1].Log[3].Data), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_fails_is_lost_and_the_next_is_sent()
    {
        var attempts = 0;
        var second = new TaskCompletionSource<AttemptReport>();
        var reports = new AttemptReports(
            report =>
            {
                if (++attempts == 1)
                {
                    throw new InvalidOperationException();
                }

                second.SetResult(report);
                return Task.CompletedTask;
            },
            maxPendingLines: 3,
            new ManualTime());
        reports.Progress(new JobProgress(1, null, null));
        while (Volatile.Read(ref attempts) == 0)
        {
            await Task.Yield();
        }

        reports.Progress(new JobProgress(2, null, null));
        Assert.Equal(2, (await second.Task.WaitAsync(Deadline)).Progress!.Progress);
    }
}
