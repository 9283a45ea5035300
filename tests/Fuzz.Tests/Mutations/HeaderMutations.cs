using Actors.Fuzz.Tests.Requests;

namespace Actors.Fuzz.Tests.Mutations;

/// <summary>Changes to the headers and the verb.</summary>
internal static class HeaderMutations
{
    private static readonly Dictionary<string, string[]> Wrong = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MCP-Protocol-Version"] = [.. Revisions.All, "2099-01-01", "2025-11-2", "DRAFT", "2025-11-25, 2025-11-25"],
        ["Content-Type"] = ["text/plain", "application/json; charset=utf-16", "application/json;charset=utf-8", "APPLICATION/JSON", "application/jsonp", ";", "application/json; charset=\"", "multipart/form-data; boundary=x"],
        ["Accept"] = ["application/json", "text/event-stream", "*/*", "text/html", "application/*, text/*", "application/json;q=0, text/event-stream;q=0", ",,,", "\""],
        ["Origin"] = ["http://localhost:1", "http://evil.example", "null", "file://", "http://127.0.0.1.evil.example", "://", "http://[::1]"],
        ["Authorization"] = ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer actors_0", "bearer x", "Digest x", "Bearer \u00e9"],
        ["Mcp-Session-Id"] = ["", " ", "none", "../x", "\u00e9"],
        ["Last-Event-ID"] = ["", "c1.0", "c9223372036854775807.9223372036854775807", "g0.0", "g253402300799999.1", "g99999999999999999.1", "g1.-1", "j", "je30", "jbnVsbA", "x.y", "c1.99999999999999999999"],
        ["Mcp-Method"] = ["tools/call", "TOOLS/CALL", "", "=?base64?cGluZw==?="],
        ["Mcp-Name"] = ["repeat", "=?base64??=", "=?base64?/w==?=", "=?base64?cmVwZWF0?=", "=?base64?cmVw ZWF0?=", "\u00e9"],
        ["Mcp-Param-Region"] = ["", "x", "=?base64?/w==?="],
        ["Mcp-Param-Count"] = ["7.0", "07", "1e1", "NaN", "7e0", "99999999999999999999999999999999999"],
    };

    private static readonly string[] Verbs = ["GET", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "post", "QUERY"];

    public static string Apply(Shot shot, Handles handles, Random random)
    {
        var at = random.Next(shot.Headers.Count);
        var (name, value) = shot.Headers[at];
        if (shot.Header("Last-Event-ID") is { } id && random.Next(2) == 0 && Forgery.Of(id, random) is { } forged)
        {
            shot.SetHeader("Last-Event-ID", forged);
            return "a forged event id";
        }
        switch (random.Next(10))
        {
            case 0:
                shot.Headers.RemoveAt(at);
                return $"no {name}";
            case 1:
                shot.Headers.Insert(at, new(name, value));
                return $"{name} twice";
            case 2:
                shot.Headers.Add(new(name, Pick(Wrong.GetValueOrDefault(name) ?? ["x"], random)));
                return $"{name} twice, and different";
            case 3 or 4:
                return Replaced(shot, random);
            case 5:
                shot.Headers[at] = new(name, Mangled(value, random));
                return $"{name} mangled";
            case 6:
                shot.Headers[at] = new(name, value + new string('a', 1 << random.Next(4, 16)));
                return $"{name} oversized";
            case 7:
                return Foreign(shot, handles, random);
            case 8 when random.Next(3) == 0:
                shot.Verb = Pick(Verbs, random);
                return "another verb";
            default:
                shot.Headers[at] = new(random.Next(2) == 0 ? name.ToUpperInvariant() : name.ToLowerInvariant(), " " + value + "\t");
                return $"{name} in another spelling";
        }
    }

    /// <summary>Somebody else's session or event, under one's own key.</summary>
    public static string Foreign(Shot shot, Handles handles, Random random)
    {
        if (shot.Verb == "GET" && random.Next(2) == 0)
        {
            shot.SetHeader("Last-Event-ID", handles.Foreign(Handles.Event, shot.Caller, random));
            return "somebody else's event";
        }
        shot.SetHeader("Mcp-Session-Id", handles.Foreign(Handles.Session, shot.Caller, random));
        return "somebody else's session";
    }

    private static string Replaced(Shot shot, Random random)
    {
        var (name, values) = Wrong.ElementAt(random.Next(Wrong.Count));
        shot.SetHeader(name, Pick(values, random));
        return $"{name}: {shot.Header(name)}";
    }

    private static string Mangled(string value, Random random)
    {
        if (value.Length == 0)
            return "\u0080";
        var at = random.Next(value.Length);
        var odd = random.Next(3) switch
        {
            0 => (char)random.Next(1, 32),
            1 => (char)random.Next(127, 256),
            _ => (char)random.Next(32, 127),
        };
        // A line break would begin another header: that is another request, not a mangled one.
        return value[..at] + (odd is '\r' or '\n' ? '\t' : odd) + value[(at + random.Next(2))..];
    }

    private static string Pick(string[] values, Random random) => values[random.Next(values.Length)];
}
