using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests.Lifecycle;

/// <summary>One story told to the real server, which after each deed must be where the model is, in the eyes of every kind of client.</summary>
internal sealed class LifecycleRun(Server server, SessionWire session, Story story, CancellationToken cancellationToken)
{
    private readonly JobModel _model = new(story.Script);
    private readonly HashSet<string> _answered = [];

    // A question's key is the server's; its text is the script's.
    private readonly Dictionary<string, string> _keys = [];
    private readonly string _key = Guid.NewGuid().ToString();
    private string _id = "";

    public async Task RunAsync()
    {
        _id = (await CallAsync(story.Script)).TaskId;
        await SettleAsync();
        foreach (var (deed, index) in story.Deeds.Select((deed, index) => (deed, index)))
        {
            await DoAsync(deed, throughJobTool: index % 2 == 1);
            await SettleAsync();
        }
        if (!_model.IsTerminal)
        {
            await DoAsync(Story.Cancel, throughJobTool: false);
            await SettleAsync();
        }
    }

    private async Task DoAsync(string deed, bool throughJobTool)
    {
        switch (deed)
        {
            case Story.Accept or Story.Decline when _model.Question is { } question:
                await AnswerAsync(question, deed, throughJobTool);
                break;
            case Story.AnswerAgain when _answered.Count > 0:
                await AnswerAsync(_answered.First(), Story.Decline, throughJobTool);
                break;
            case Story.AnswerAnother:
                await AnswerAsync("nobody-asked", Story.Accept, throughJobTool);
                break;
            case Story.CallAgain:
                Assert.Equal(_id, (await CallAsync(story.Script)).TaskId);
                break;
            case Story.CallOtherwise:
                Assert.Contains(_id, (await CallAsync([.. story.Script, Line.Progress])).ErrorMessage, StringComparison.Ordinal);
                break;
            case Story.Cancel:
                await (throughJobTool ? JobToolAsync("job_cancel", []) : server.CancelTaskAsync(_id, cancellationToken));
                _model.Cancel();
                break;
        }
    }

    private Task<Reply> CallAsync(string[] script)
    {
        var capabilities = Wire.Tasks;
        capabilities["elicitation"] = new JsonObject();
        var message = server.Wire.Request(
            "tools/call",
            new JsonObject
            {
                ["name"] = "scripted",
                ["arguments"] = new JsonObject { ["script"] = new JsonArray([.. script.Select(line => JsonValue.Create(line))]) },
            },
            capabilities);
        message.Meta["actors/idempotencyKey"] = _key;
        return server.Wire.SendAsync(message, cancellationToken);
    }

    private async Task AnswerAsync(string question, string action, bool throughJobTool)
    {
        var key = _keys.GetValueOrDefault(question, question);
        await (throughJobTool
            ? JobToolAsync("job_respond", new JsonObject { ["key"] = key, ["action"] = action, ["content"] = new JsonObject() })
            : server.UpdateTaskAsync(_id, key, new JsonObject { ["action"] = action }, cancellationToken));
        _model.Answer(question, action);
        _answered.Add(question);
    }

    /// <summary>Waits until the job is where the model is, and looks at it with everybody's eyes.</summary>
    private async Task SettleAsync()
    {
        if (_model.Stand is Stand.Hanging)
            await ScriptedTool.WhenHangingAsync(_id).WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        await UntilSettledAsync();
        var task = (await server.GetTaskAsync(_id, cancellationToken)).Result;
        Assert.True(IsSettled(task), $"{Where()}: tasks/get says {task.GetRawText()}");
        var older = (await session.SendAsync("tasks/get", new JsonObject { ["taskId"] = _id }, cancellationToken)).Result;
        Assert.True(older.GetProperty("status").GetString() == OlderStatus, $"{Where()}: tasks/get of 2025-11-25 says {older.GetRawText()}");
        var job = (await JobToolAsync("job_get", [])).Result.GetProperty("structuredContent");
        Assert.True(job.GetProperty("status").GetString() == JobStatus, $"{Where()}: job_get says {job.GetRawText()}");
        Assert.True(job.GetProperty("attempt").GetInt32() == _model.Retried + 1, $"{Where()}, after {_model.Retried} retries: job_get says {job.GetRawText()}");
        foreach (var step in _model.Worked)
            Assert.True(ScriptedTool.TimesWorked(_id, step) == 1, $"{Where()}: the work of {step} was done {ScriptedTool.TimesWorked(_id, step)} times");
        if (_model.Stand is Stand.Completed)
            Assert.Equal(_model.Trace, task.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString());
        if (_model.Stand is Stand.Asking)
            _keys[_model.Question!] = task.GetProperty("inputRequests").EnumerateObject().Single().Name;
    }

    private async Task UntilSettledAsync()
    {
        try
        {
            await server.UntilAsync(_id, IsSettled, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"{Where()}: the server stays at {(await server.GetTaskAsync(_id, cancellationToken)).Text}");
        }
    }

    private bool IsSettled(JsonElement task) =>
        task.GetProperty("status").GetString() == Status
        && (_model.Stand is not Stand.Asking || Questions(task).SequenceEqual([_model.Question!]))
        && (_model.Stand is not (Stand.Completed or Stand.ToolError) || IsToolError(task) == _model.Stand is Stand.ToolError);

    private static IEnumerable<string> Questions(JsonElement task) =>
        task.GetProperty("inputRequests").EnumerateObject().Select(one => one.Value.GetProperty("params").GetProperty("message").GetString()!);

    private static bool IsToolError(JsonElement task) => task.GetProperty("result").TryGetProperty("isError", out var isError) && isError.GetBoolean();

    private Task<Reply> JobToolAsync(string tool, JsonObject arguments)
    {
        arguments["job_id"] = _id;
        return server.Wire.CallAsync(tool, arguments, null, cancellationToken);
    }

    private string Where() => $"{story}; the model is at {_model.Stand} {_model.Question}";

    private string Status => _model.Stand switch
    {
        Stand.Hanging => "working",
        Stand.Asking => "input_required",
        Stand.Completed or Stand.ToolError => "completed",
        Stand.Failed => "failed",
        _ => "cancelled",
    };

    private string JobStatus => _model.Stand is Stand.Hanging ? "running" : Status;

    // 2025-11-25, Task Status: a tool's isError is a failed task there.
    private string OlderStatus => _model.Stand is Stand.ToolError ? "failed" : Status;
}
