using System.Text;

namespace Actors.Fuzz.Tests.Mutations;

/// <summary>Changes to the structure of a JSON text that leave it JSON, or nearly so.</summary>
internal static class JsonMutations
{
    private static readonly string[] Members =
    [
        "\"id\":null", "\"id\":1.5", "\"id\":{}", "\"id\":\"x\"", "\"jsonrpc\":\"2.0\"", "\"method\":\"ping\"", "\"method\":\"initialize\"", "\"result\":{}", "\"error\":{}", "\"error\":null",
        "\"params\":{}", "\"params\":[]", "\"_meta\":{}", "\"_meta\":null", "\"_meta\":{\"progressToken\":1}", "\"_meta\":{\"progressToken\":{}}",
        "\"_meta\":{\"io.modelcontextprotocol/related-task\":{\"taskId\":\"x\"}}", "\"task\":{}", "\"task\":{\"ttl\":-1}", "\"task\":{\"ttl\":1e300}", "\"task\":{\"ttl\":null}", "\"task\":{\"ttl\":0}", "\"task\":[]",
        "\"cursor\":\"x\"", "\"cursor\":\"\"", "\"cursor\":\"AA\"", "\"requestState\":\"x\"", "\"requestState\":\"\"", "\"inputResponses\":{}", "\"inputResponses\":{\"name\":null}",
        "\"inputResponses\":{\"name\":{\"action\":\"accept\"}}", "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"", "\"level\":\"debug\"", "\"uri\":\"\"", "\"name\":\"\"", "\"taskId\":\"\"",
    ];

    /// <summary>Null: the text is not JSON, and has no structure to change.</summary>
    public static (byte[] Body, string Done)? Apply(byte[] json, Random random)
    {
        var places = JsonPlace.Of(json);
        if (places.Count == 0)
            return null;
        var place = places[random.Next(places.Count)];
        var what = Encoding.UTF8.GetString(json.AsSpan(place.Outer, Math.Min(20, place.End - place.Outer)));
        return random.Next(10) switch
        {
            0 => (Dropped(json, place), $"dropped {what}"),
            1 => (Splice.Replace(json, place.End, place.End, [(byte)',', .. json.AsSpan(place.Outer, place.End - place.Outer)]), $"doubled {what}"),
            2 => (Twice(json, place, random), $"said twice {what}"),
            3 or 4 => (Splice.Replace(json, place.Start, place.End, Literals.Any(random)), $"another value for {what}"),
            5 => (Splice.Replace(json, place.Start, place.End, Literals.Nested(json.AsSpan(place.Start, place.End - place.Start), random)), $"nested {what}"),
            6 => (Swapped(json, place, places[random.Next(places.Count)]), $"swapped {what}"),
            7 => (Added(json, places, random), "a member more"),
            8 => (Renamed(json, place, random), $"renamed {what}"),
            _ => (InText(json, place, random), $"put into the text {what}"),
        };
    }

    private static byte[] Dropped(byte[] json, JsonPlace place)
    {
        var (start, end) = (place.Outer, place.End);
        if (end < json.Length && json[end] == ',')
            end++;
        else if (start > 0 && json[start - 1] == ',')
            start--;
        return Splice.Replace(json, start, end, default);
    }

    private static byte[] Twice(byte[] json, JsonPlace place, Random random) => Splice.Replace(
        json, place.End, place.End, [(byte)',', .. json.AsSpan(place.Outer, place.Start - place.Outer), .. Literals.Any(random)]);

    private static byte[] Swapped(byte[] json, JsonPlace one, JsonPlace other)
    {
        var (first, second) = one.Start <= other.Start ? (one, other) : (other, one);
        // One inside the other: the inner takes the outer's place.
        return second.Start < first.End
            ? Splice.Replace(json, first.Start, first.End, json.AsSpan(second.Start, second.End - second.Start))
            : [.. json.AsSpan(0, first.Start), .. json.AsSpan(second.Start, second.End - second.Start), .. json.AsSpan(first.End, second.Start - first.End),
                .. json.AsSpan(first.Start, first.End - first.Start), .. json.AsSpan(second.End)];
    }

    private static byte[] Added(byte[] json, List<JsonPlace> places, Random random)
    {
        var objects = places.Where(place => json[place.Start] == '{').ToList();
        if (objects.Count == 0)
            return [.. json, (byte)','];
        var into = objects[random.Next(objects.Count)];
        var member = Members[random.Next(Members.Length)] + (json[into.Start + 1] == '}' ? "" : ",");
        return Splice.Replace(json, into.Start + 1, into.Start + 1, Encoding.UTF8.GetBytes(member));
    }

    private static byte[] Renamed(byte[] json, JsonPlace place, Random random)
    {
        if (place.Name < 0)
            return Splice.Replace(json, place.Start, place.End, Literals.Any(random));
        var member = Members[random.Next(Members.Length)];
        var name = random.Next(3) == 0 ? "\"\\u0061\"" : member[..(member.IndexOf(':', StringComparison.Ordinal))];
        return Splice.Replace(json, place.Name, place.Start, Encoding.UTF8.GetBytes(name + ":"));
    }

    private static byte[] InText(byte[] json, JsonPlace place, Random random)
    {
        if (json[place.Start] != '"')
            return Splice.Replace(json, place.Start, place.End, Literals.Any(random));
        string[] odd = ["\\u0000", "\\ud800", "\\u202e", "\U0001F468\u200D\U0001F469", "\\n", "\\\"", "%", "/", "\u00e9", "\\udc00", "\ufeff", "0", "."];
        var at = random.Next(place.Start + 1, place.End);
        return Splice.Replace(json, at, at, Encoding.UTF8.GetBytes(odd[random.Next(odd.Length)]));
    }
}
