using System.Text.Json;

namespace Actors.Frontend.Mcp.Requests;

/// <summary>Finds the id of a message that is refused before its id was come to, so that its sender can tell which one it was.</summary>
internal static class LateId
{
    /// <summary>JSON; null: there is none that can be read, or more than one.</summary>
    public static byte[]? Find(ReadOnlySpan<byte> body, int maxDepth)
    {
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = maxDepth });
        var (isSeen, found) = (false, (byte[]?)null);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isId = json.ValueTextEquals("id"u8);
                json.Read();
                if (isId && isSeen)
                    return null;
                if (isId)
                    (isSeen, found) = (true, EnvelopeReader.IdOf(ref json));
                json.Skip();
            }
            return found;
        }
        catch (JsonException)
        {
            // What follows is no JSON: then nothing in it is sure.
            return null;
        }
    }
}
