using System.Text.Json.Nodes;

namespace Actors.Fuzz.Tests.Requests;

/// <summary>What only the revisions with sessions have.</summary>
internal static class LegacyCorpus
{
    private static readonly string[] Levels = ["debug", "info", "warning", "emergency"];

    private static readonly Func<Draft, Shot>[] Sessions =
    [
        Initialize,
        Initialize,
        draft => draft.Notification("notifications/initialized"),
        draft => draft.Request("ping"),
        draft => draft.Request("logging/setLevel", new() { ["level"] = Levels[draft.Random.Next(Levels.Length)] }),
        draft => draft.Request("resources/subscribe", new() { ["uri"] = draft.Coin() ? "fuzz://note" : "fuzz://shelf/" + draft.Text }),
        draft => draft.Request("resources/unsubscribe", new() { ["uri"] = "fuzz://note" }),
        draft => draft.Notification("notifications/cancelled", new() { ["requestId"] = Math.Max(1, draft.Index - draft.Random.Next(20)), ["reason"] = draft.Text }),
        draft => draft.Notification("notifications/roots/list_changed"),
        draft => draft.Notification("notifications/progress", new() { ["progressToken"] = "p1", ["progress"] = 1 }),
        draft => draft.Legacy("response", Corpus.Response(draft)),
        draft => draft.Legacy("response", Corpus.Response(draft)),
        draft => draft.Legacy("error response", Refusal(draft)),
        draft => draft.Legacy("GET", null, "GET"),
        Resume,
        Resume,
        Resume,
        Batch,
        Batch,
        draft => draft.Random.Next(3) == 0 ? draft.Legacy("DELETE", null, "DELETE") : draft.Request("ping"),
    ];

    private static readonly Func<Draft, Shot>[] Tasks =
    [
        draft => draft.Call("job", Corpus.Say(draft, "ms", 100), Wish(draft)),
        draft => draft.Call("asking_job", Corpus.Say(draft), Wish(draft)),
        draft => draft.Call("late_job", Corpus.Say(draft), Wish(draft)),
        draft => draft.Call("task_only", Corpus.Say(draft), Wish(draft)),
        draft => draft.Call("repeat", Corpus.Say(draft), Wish(draft)),
        draft => draft.Request("tasks/get", Corpus.Task(draft)),
        draft => draft.Request("tasks/result", Corpus.Task(draft)),
        draft => draft.Request("tasks/result", Corpus.Task(draft)),
        draft => draft.Request("tasks/cancel", Corpus.Task(draft)),
        draft => draft.Request("tasks/list", Corpus.Page(draft)),
    ];

    private static readonly Func<Draft, Shot>[] All = [.. Sessions, .. Tasks];

    public static IReadOnlyList<Func<Draft, Shot>> Of(string revision) => Revisions.IsAtLeast(revision, Revisions.V20251125) ? All : Sessions;

    public static Shot Initialize(Draft draft) => draft.Legacy("initialize", Draft.Message(
        "initialize",
        new()
        {
            ["protocolVersion"] = draft.Revision,
            ["capabilities"] = Draft.Capabilities(tasks: false),
            ["clientInfo"] = new JsonObject { ["name"] = draft.Text, ["version"] = "1.0" },
        },
        draft.Id));

    private static JsonObject Wish(Draft draft) => new() { ["task"] = new JsonObject { ["ttl"] = 60_000 + draft.Random.Next(1000) } };

    private static JsonObject Refusal(Draft draft) => new()
    {
        ["jsonrpc"] = "2.0",
        ["id"] = draft.Handles.Own(Handles.Question, draft.Caller, draft.Random),
        ["error"] = new JsonObject { ["code"] = -1, ["message"] = draft.Text },
    };

    private static Shot Resume(Draft draft)
    {
        var shot = draft.Legacy("GET with Last-Event-ID", null, "GET");
        shot.SetHeader("Last-Event-ID", draft.Handles.Own(Handles.Event, draft.Caller, draft.Random));
        return shot;
    }

    private static Shot Batch(Draft draft)
    {
        var messages = new JsonArray();
        for (var i = 0; i < 1 + draft.Random.Next(4); i++)
        {
            messages.Add(draft.Random.Next(4) switch
            {
                0 => Draft.Message("ping", null, JsonValue.Create((draft.Index * 10) + i)),
                1 => Draft.Message("notifications/initialized", null, null),
                2 => Corpus.Response(draft),
                _ => Draft.Message(
                    "tools/call",
                    new() { ["name"] = draft.Coin() ? "repeat" : "job", ["arguments"] = Corpus.Say(draft, "ms", 5) },
                    JsonValue.Create($"b{draft.Index}.{i}")),
            });
        }
        return draft.Legacy("batch", messages);
    }
}
