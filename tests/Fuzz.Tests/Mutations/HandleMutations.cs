using System.Text;
using System.Text.RegularExpressions;
using Actors.Fuzz.Tests.Requests;

namespace Actors.Fuzz.Tests.Mutations;

/// <summary>Puts somebody else's handle where one's own was, or one that is nearly right.</summary>
internal static partial class HandleMutations
{
    /// <summary>Null: it holds none.</summary>
    public static string? Apply(Shot shot, Handles handles, Random random)
    {
        var body = Encoding.Latin1.GetString(shot.Body);
        var found = Member().Matches(body);
        if (found.Count == 0)
            return null;
        var match = found[random.Next(found.Count)];
        var value = match.Groups["value"];
        var kind = match.Groups["name"].Value switch
        {
            "cursor" => Handles.Cursor,
            "requestState" => Handles.State,
            "id" => Handles.Question,
            _ => Handles.Job,
        };
        var other = random.Next(3) switch
        {
            0 when value.Length > 0 => Forgery.Of(value.Value, random) ?? Near(value.Value, random),
            _ => handles.Foreign(kind, shot.Caller, random),
        };
        shot.Body = Encoding.Latin1.GetBytes(body[..value.Index] + other + body[(value.Index + value.Length)..]);
        if (shot.Header("Mcp-Name") == value.Value)
            shot.SetHeader("Mcp-Name", other);
        return $"{match.Groups["name"].Value} was {value.Value[..Math.Min(40, value.Length)]}";
    }

    private static string Near(string value, Random random)
    {
        var at = random.Next(value.Length);
        return random.Next(3) switch
        {
            0 => value[..at] + "0123456789abcdefABCDEF_-"[random.Next(24)] + value[(at + 1)..],
            1 => value[..at],
            _ => value.ToUpperInvariant(),
        };
    }

    [GeneratedRegex("\"(?<name>taskId|job_id|cursor|requestState|id)\":\"(?<value>[^\"\\\\]*)\"")]
    private static partial Regex Member();
}
