using System.Text;
using System.Text.Json;
using Actors.Fuzz.Tests.Requests;

namespace Actors.Fuzz.Tests.Mutations;

/// <summary>Alters a message of the corpus, in one to three ways.</summary>
internal static class Mutator
{
    public static void Alter(Shot shot, Handles handles, Random random)
    {
        for (var rounds = random.Next(3) == 0 ? random.Next(2, 4) : 1; rounds > 0; rounds--)
            shot.Alterations.Add(AlterOnce(shot, handles, random));
        // Otherwise nearly all that is altered ends at the comparison of headers and body.
        if (shot.Revision == Revisions.V20260728 && random.Next(4) != 0)
            Agree(shot);
    }

    private static string AlterOnce(Shot shot, Handles handles, Random random)
    {
        var dice = shot.Body.Length == 0 ? 99 : random.Next(100);
        if (dice < 45 && JsonMutations.Apply(shot.Body, random) is { } altered)
        {
            shot.Body = altered.Body;
            return altered.Done;
        }
        if (dice < 65)
        {
            (shot.Body, var done) = ByteMutations.Apply(shot.Body, random);
            return done;
        }
        return dice < 75 && HandleMutations.Apply(shot, handles, random) is { } swapped ? swapped : HeaderMutations.Apply(shot, handles, random);
    }

    /// <summary>Makes the headers say again what the altered body says, where they still can.</summary>
    private static void Agree(Shot shot)
    {
        try
        {
            using var body = JsonDocument.Parse(shot.Body);
            var message = body.RootElement;
            if (message.ValueKind != JsonValueKind.Object || Text(message, "method") is not { } method || shot.Header("Mcp-Method") is null)
                return;
            shot.SetHeader("Mcp-Method", method.ReplaceLineEndings(" "));
            if (!message.TryGetProperty("params", out var parameters) || parameters.ValueKind != JsonValueKind.Object)
                return;
            var name = method == "resources/read" ? "uri" : method.StartsWith("tasks/", StringComparison.Ordinal) ? "taskId" : "name";
            if (shot.Header("Mcp-Name") is not null && Text(parameters, name) is { } value)
                shot.SetHeader("Mcp-Name", Encoded(value));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // It says nothing any more, or half a character.
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Encoded(string value) => value.All(c => c is >= ' ' and <= '~') && value.Trim() == value && value.Length < 4000
        ? value
        : $"=?base64?{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}?=";
}
