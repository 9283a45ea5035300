using System.Text.Json.Nodes;

namespace Actors.Fuzz.Tests.Requests;

/// <summary>Real messages of each method that a revision has, with what the server has handed out by now.</summary>
internal static class Corpus
{
    private static readonly Func<Draft, Shot>[] Common =
    [
        draft => draft.Request("tools/list", Page(draft)),
        draft => draft.Request("prompts/list", Page(draft)),
        draft => draft.Request("resources/list", Page(draft)),
        draft => draft.Request("resources/templates/list", Page(draft)),
        draft => draft.Request("prompts/get", new() { ["name"] = "write", ["arguments"] = new JsonObject { ["what"] = draft.Text } }),
        draft => draft.Request("resources/read", new() { ["uri"] = draft.Coin() ? "fuzz://note" : "fuzz://shelf/" + draft.Text }),
        Complete,
        draft => draft.Call("repeat", Say(draft)),
        draft => draft.Call("repeat", Say(draft)),
        Mirror,
        draft => draft.Call("count", Say(draft, "to", 3)),
        draft => draft.Call("linger", Say(draft, "ms", draft.Random.Next(60))),
        draft => draft.Call("ask", Say(draft)),
        draft => draft.Call("rounds", Say(draft)),
        draft => draft.Call("job", Say(draft, "ms", draft.Random.Next(20))),
        draft => draft.Call("job", Say(draft, "ms", 300)),
        draft => draft.Call("asking_job", Say(draft)),
        draft => draft.Call("late_job", Say(draft)),
        draft => draft.Call("task_only", Say(draft)),
        draft => draft.Call("job_get", About(draft)),
        draft => draft.Call("job_wait", About(draft, "timeout_seconds", 0)),
        draft => draft.Call("job_result", About(draft)),
        draft => draft.Call("job_cancel", About(draft, "reason", draft.Text)),
        draft => draft.Call("job_respond", About(draft, "content", new JsonObject { ["name"] = draft.Text })),
        draft => draft.Call("job_pin", About(draft, "pinned", draft.Coin())),
        draft => draft.Call("job_log", About(draft, "tail", draft.Coin())),
        List,
        draft => draft.Request("no/such/method", new() { ["cursor"] = "x" }),
    ];

    private static readonly Func<Draft, Shot>[] Modern =
    [
        draft => draft.Request("server/discover"),
        draft => draft.Request("tasks/get", Task(draft)),
        draft => draft.Request("tasks/get", Task(draft)),
        draft => draft.Request("tasks/cancel", Task(draft)),
        Update,
        Listen,
        draft => draft.Call("rounds", Say(draft), Answers(draft, "name")),
        draft => draft.Call("ask", Say(draft), Answers(draft, "name")),
        draft => draft.Notification("notifications/cancelled", new() { ["requestId"] = 1 }),
        draft => draft.Legacy("response", Response(draft)),
    ];

    public static Shot Draw(Draft draft)
    {
        var own = draft.IsModern ? Modern : LegacyCorpus.Of(draft.Revision);
        var at = draft.Random.Next(Common.Length + own.Count);
        return at < Common.Length ? Common[at](draft) : own[at - Common.Length](draft);
    }

    public static JsonObject Say(Draft draft, string? name = null, int value = 0)
    {
        var arguments = new JsonObject { ["text"] = draft.Text };
        if (name is not null)
            arguments[name] = value;
        return arguments;
    }

    public static JsonObject Task(Draft draft) => new() { ["taskId"] = draft.Job };

    public static JsonObject? Page(Draft draft) => draft.Coin() ? null : new() { ["cursor"] = draft.Handles.Own(Handles.Cursor, draft.Caller, draft.Random) };

    public static JsonObject Response(Draft draft) => new()
    {
        ["jsonrpc"] = "2.0",
        ["id"] = draft.Handles.Own(Handles.Question, draft.Caller, draft.Random),
        ["result"] = Accepted(draft),
    };

    private static JsonObject Accepted(Draft draft) => new() { ["action"] = "accept", ["content"] = new JsonObject { ["name"] = draft.Text } };

    private static JsonObject About(Draft draft, string? name = null, JsonNode? value = null)
    {
        var arguments = new JsonObject { ["job_id"] = draft.Job };
        if (name is not null)
            arguments[name] = value;
        return arguments;
    }

    private static Shot List(Draft draft)
    {
        var arguments = new JsonObject { ["limit"] = 5, ["tool"] = "job", ["since"] = "2026-01-01T00:00:00Z" };
        if (draft.Coin())
            arguments["cursor"] = draft.Handles.Own(Handles.Cursor, draft.Caller, draft.Random);
        return draft.Call("job_list", arguments);
    }

    private static Shot Complete(Draft draft) => draft.Request("completion/complete", new()
    {
        ["ref"] = new JsonObject { ["type"] = "ref/prompt", ["name"] = "write" },
        ["argument"] = new JsonObject { ["name"] = "what", ["value"] = "th" },
        ["context"] = new JsonObject { ["arguments"] = new JsonObject { ["how"] = draft.Text } },
    });

    private static Shot Mirror(Draft draft)
    {
        var shot = draft.Call("mirror", new() { ["region"] = draft.Text, ["count"] = 7 });
        shot.SetHeader("Mcp-Param-Region", draft.Text);
        shot.SetHeader("Mcp-Param-Count", "7");
        return shot;
    }

    private static Shot Update(Draft draft) => draft.Request("tasks/update", new()
    {
        ["taskId"] = draft.Job,
        ["inputResponses"] = new JsonObject { ["q1"] = Accepted(draft), ["elicitation-1"] = Accepted(draft) },
    });

    private static Shot Listen(Draft draft) => draft.Request("subscriptions/listen", new()
    {
        ["notifications"] = new JsonObject
        {
            ["taskIds"] = new JsonArray(draft.Job, draft.Job),
            ["toolsListChanged"] = true,
            ["resourceSubscriptions"] = new JsonArray("fuzz://note"),
        },
    });

    private static JsonObject Answers(Draft draft, string key) => new()
    {
        ["requestState"] = draft.Handles.Own(Handles.State, draft.Caller, draft.Random),
        ["inputResponses"] = new JsonObject { [key] = Accepted(draft) },
    };
}
