using System.Text.Json;
using Actors.Fuzz.Tests.Wire;

namespace Actors.Fuzz.Tests.Requests;

/// <summary>Takes the handles out of an answer, for the requests to come.</summary>
internal static class Harvest
{
    private static readonly string[] Catalogue = ["\"tools\":[", "\"prompts\":[", "\"resources\":[", "\"resourceTemplates\":["];

    public static void Take(Shot shot, Answer answer, Handles handles)
    {
        if (answer.Status is < 200 or > 299)
            return;
        if (answer.Headers.TryGetValue("Mcp-Session-Id", out var session) && RevisionOf(answer) is { } revision)
            handles.Add(Handles.Session, shot.Caller, session, revision);
        if (!answer.IsStream)
        {
            Take(shot, answer.Text, handles);
            return;
        }
        foreach (var (id, data) in Events.Of(answer.Text))
        {
            if (id is not null)
                handles.Add(Handles.Event, shot.Caller, id);
            if (data is { Length: > 0 })
                Take(shot, data, handles);
        }
    }

    /// <summary>The members that hold handles, anywhere in a message of the server's; none in an error, which may repeat what it was sent.</summary>
    public static List<(string Member, string Handle)> HandlesIn(string message)
    {
        var found = new List<(string, string)>();
        try
        {
            using var document = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = 256 });
            if (document.RootElement.ValueKind == JsonValueKind.Object && !document.RootElement.TryGetProperty("error", out _))
                Walk(document.RootElement, found);
        }
        catch (JsonException)
        {
            // Whether it is JSON is checked elsewhere.
        }
        return found;
    }

    private static void Take(Shot shot, string message, Handles handles)
    {
        // The catalogue is the same for everybody, and so are the pages of its lists.
        var isEverybodys = Catalogue.Any(list => message.Contains(list, StringComparison.Ordinal));
        foreach (var (member, handle) in HandlesIn(message))
        {
            var kind = member switch
            {
                "taskId" or "job_id" or "taskIds" => Handles.Job,
                "nextCursor" or "next_cursor" => Handles.Cursor,
                "requestState" => Handles.State,
                "question" => Handles.Question,
                _ => null,
            };
            if (kind is not null)
                handles.Add(kind, shot.Caller, handle, isOwned: !(isEverybodys && kind == Handles.Cursor));
        }
    }

    private static string? RevisionOf(Answer answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return document.RootElement.GetProperty("result").GetProperty("protocolVersion").GetString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static void Walk(JsonElement value, List<(string, string)> found)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
                Walk(item, found);
            return;
        }
        if (value.ValueKind != JsonValueKind.Object)
            return;
        if (value.TryGetProperty("jsonrpc", out _) && value.TryGetProperty("method", out _) && value.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String)
            found.Add(("question", id.GetString()!));
        foreach (var member in value.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.String)
                found.Add((member.Name, member.Value.GetString()!));
            else if (member.NameEquals("taskIds") && member.Value.ValueKind == JsonValueKind.Array)
                found.AddRange(member.Value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => (member.Name, item.GetString()!)));
            else
                Walk(member.Value, found);
        }
    }
}
