using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests.Lifecycle;

/// <summary>One story told to the line of the real server, where after each deed the same job runs, and the same ones wait, as in the model.</summary>
internal sealed class QueueRun(Server server, Wire wire, QueueStory story, CancellationToken cancellationToken)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(150);

    private readonly QueueModel _model = new();

    public async Task RunAsync()
    {
        foreach (var deed in story.Deeds)
        {
            await DoAsync(deed);
            await SettleAsync();
        }

        while (_model.Running is not null)
        {
            await DoAsync(QueueStory.Finish);
            await SettleAsync();
        }
    }

    private async Task DoAsync(string deed)
    {
        switch (deed)
        {
            case QueueStory.Low or QueueStory.Normal or QueueStory.High:
                await StartAsync(deed is QueueStory.Low ? -1 : deed is QueueStory.High ? 1 : 0, startAt: null);
                break;
            // One at a time: which of two is due first when a third ends would be the clock's to say.
            case QueueStory.Later or QueueStory.HighLater when !_model.Waiting.Any(job => job.StartAt > TimeProvider.System.GetUtcNow()):
                await StartAsync(deed is QueueStory.HighLater ? 1 : 0, TimeProvider.System.GetUtcNow() + Delay);
                break;
            case QueueStory.Finish when _model.Running is { } running:
                await DueAsync();
                GatedTool.LetGo(running.Token);
                await server.UntilAsync(running.Id, "completed", cancellationToken, wire);
                _model.End();
                break;
            case QueueStory.CancelRunning when _model.Running is { } running:
                await DueAsync();
                await CancelAsync(running);
                _model.End();
                break;
            case QueueStory.CancelWaiting when _model.Waiting.Count > 0:
                var last = _model.Waiting[^1];
                await CancelAsync(last);
                _model.Leave(last);
                break;
        }
    }

    private async Task StartAsync(int priority, DateTimeOffset? startAt)
    {
        var token = Guid.NewGuid().ToString();
        var message = wire.Request(
            "tools/call", new JsonObject { ["name"] = "gated_alone", ["arguments"] = new JsonObject { ["token"] = token } }, Wire.Tasks);
        message.Meta["actors/priority"] = priority;
        if (startAt is { } time)
            message.Meta["actors/startAt"] = $"{time:yyyy-MM-ddTHH:mm:ss.fffffffZ}";
        var reply = await wire.SendAsync(message, cancellationToken);
        _model.Start(new QueuedJob(reply.TaskId, token, priority, startAt ?? reply.Result.GetProperty("createdAt").GetDateTimeOffset()));
    }

    private async Task CancelAsync(QueuedJob job)
    {
        await wire.SendAsync("tasks/cancel", new JsonObject { ["taskId"] = job.Id }, Wire.Tasks, cancellationToken);
        await server.UntilAsync(job.Id, "cancelled", cancellationToken, wire);
    }

    /// <summary>Until nothing waits for its time alone: then the order of those that wait is what decides.</summary>
    private async Task DueAsync()
    {
        foreach (var job in _model.Waiting)
        {
            while (job.StartAt - TimeProvider.System.GetUtcNow() is { Ticks: > 0 } left)
                await Task.Delay(left, TimeProvider.System, cancellationToken);
        }
    }

    private async Task SettleAsync()
    {
        if (_model.Running is { } running)
        {
            var started = GatedTool.WhenStartedAsync(running.Token);
            Assert.True(await Task.WhenAny(started, Task.Delay(Deadline, TimeProvider.System, cancellationToken)) == started, $"{Where()}: it does not start");
            Assert.True(await started >= running.StartAt, $"{Where()}: it began at {await started:O}, before its time, {running.StartAt:O}");
            Assert.Equal("running", await StatusAsync(running));
        }

        Assert.True(GatedTool.Most <= 1, $"{Where()}: {GatedTool.Most} ran at once");
        foreach (var waiting in _model.Waiting)
        {
            Assert.False(GatedTool.HasStarted(waiting.Token), $"{Where()}: {waiting} has started");
            Assert.Equal("queued", await StatusAsync(waiting));
        }
    }

    private async Task<string?> StatusAsync(QueuedJob job) =>
        (await wire.CallAsync("job_get", new JsonObject { ["job_id"] = job.Id }, null, cancellationToken)).Result.GetProperty("structuredContent").GetProperty("status").GetString();

    private string Where() => $"{story}; in the model {_model.Running} runs, and there wait {string.Join(", ", _model.Waiting)}";
}
