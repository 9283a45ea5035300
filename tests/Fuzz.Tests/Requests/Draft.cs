using System.Text;
using System.Text.Json.Nodes;
using Actors.Fuzz.Tests.Target;

namespace Actors.Fuzz.Tests.Requests;

/// <summary>What a message of the corpus is drawn from: who sends it, by which rules, and the dice.</summary>
internal sealed record Draft(Caller Caller, string Revision, int Index, Random Random, Handles Handles)
{
    public bool IsModern => Revision == Revisions.V20260728;

    public string Job => Handles.Own(Handles.Job, Caller, Random);

    public string Text => Caller.Marker;

    /// <summary>Integers and strings take turns.</summary>
    public JsonNode Id => Random.Next(2) == 0 ? JsonValue.Create(Index + 1) : JsonValue.Create($"r{Index + 1}");

    public bool Coin() => Random.Next(2) == 0;

    /// <summary>A request with all that its revision wants of it.</summary>
    public Shot Request(string method, JsonObject? parameters = null, JsonNode? id = null) =>
        IsModern ? Modern(method, parameters ?? [], id ?? Id) : Legacy(method, Message(method, parameters, id ?? Id));

    public Shot Notification(string method, JsonObject? parameters = null) => Legacy(method, Message(method, parameters, id: null));

    public Shot Call(string tool, JsonObject? arguments = null, JsonObject? also = null)
    {
        var parameters = new JsonObject { ["name"] = tool, ["arguments"] = arguments ?? [] };
        foreach (var (name, value) in also ?? [])
            parameters[name] = value?.DeepClone();
        if (Random.Next(3) == 0)
            parameters["_meta"] = new JsonObject { ["progressToken"] = $"p{Index}" };
        return Request("tools/call", parameters) is var shot ? Named(shot, tool) : null!;
    }

    /// <summary>A message of a session, or a GET or DELETE where it is null.</summary>
    public Shot Legacy(string name, JsonNode? body, string verb = "POST")
    {
        var shot = new Shot(Caller, Revision, name) { Verb = verb };
        shot.SetHeader("Authorization", "Bearer " + Caller.Key);
        shot.SetHeader("Accept", verb == "GET" ? "text/event-stream" : "application/json, text/event-stream");
        if (!IsModern && name != "initialize")
            shot.SetHeader("Mcp-Session-Id", Handles.Own(Handles.Session, Caller, Random, Revision));
        if ((IsModern || Revisions.IsAtLeast(Revision, Revisions.V20250618)) && name != "initialize")
            shot.SetHeader("MCP-Protocol-Version", Revision);
        if (body is null)
            return shot;
        shot.SetHeader("Content-Type", "application/json");
        shot.Body = Encoding.UTF8.GetBytes(body.ToJsonString());
        return shot;
    }

    public static JsonObject Message(string method, JsonObject? parameters, JsonNode? id)
    {
        var message = new JsonObject { ["jsonrpc"] = "2.0" };
        if (id is not null)
            message["id"] = id;
        message["method"] = method;
        if (parameters is not null)
            message["params"] = parameters;
        return message;
    }

    public static JsonObject Capabilities(bool tasks) => tasks
        ? new JsonObject
        {
            ["elicitation"] = new JsonObject(),
            ["extensions"] = new JsonObject { ["io.modelcontextprotocol/tasks"] = new JsonObject() },
        }
        : new JsonObject { ["elicitation"] = new JsonObject(), ["sampling"] = new JsonObject(), ["roots"] = new JsonObject() };

    private Shot Modern(string method, JsonObject parameters, JsonNode id)
    {
        var meta = parameters["_meta"] as JsonObject ?? [];
        parameters["_meta"] = meta;
        meta["io.modelcontextprotocol/protocolVersion"] = Revision;
        meta["io.modelcontextprotocol/clientCapabilities"] = Capabilities(method.StartsWith("tasks/", StringComparison.Ordinal) || Coin());
        meta["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "fuzz", ["version"] = "1.0" };
        if (Random.Next(4) == 0)
            meta["io.modelcontextprotocol/logLevel"] = "debug";
        var shot = Legacy(method, Message(method, parameters, id));
        shot.SetHeader("Mcp-Method", method);
        var name = method switch
        {
            "tools/call" or "prompts/get" => (string?)parameters["name"],
            "resources/read" => (string?)parameters["uri"],
            _ when method.StartsWith("tasks/", StringComparison.Ordinal) => (string?)parameters["taskId"],
            _ => null,
        };
        shot.SetHeader("Mcp-Name", name);
        return shot;
    }

    private static Shot Named(Shot shot, string tool)
    {
        var named = new Shot(shot.Caller, shot.Revision, $"tools/call {tool}") { Verb = shot.Verb, Body = shot.Body };
        named.Headers.AddRange(shot.Headers);
        return named;
    }
}
