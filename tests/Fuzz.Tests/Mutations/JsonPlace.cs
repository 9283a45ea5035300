using System.Text.Json;

namespace Actors.Fuzz.Tests.Mutations;

/// <summary>Where a value lies in JSON text, and where the name of the member begins that it is of; -1: it is of none.</summary>
internal readonly record struct JsonPlace(int Name, int Start, int End)
{
    public int Outer => Name >= 0 ? Name : Start;

    /// <summary>Every value in the text, the whole of it last; none where it is not JSON.</summary>
    public static List<JsonPlace> Of(ReadOnlySpan<byte> json)
    {
        var places = new List<JsonPlace>();
        var open = new Stack<(int Name, int Start)>();
        var name = -1;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1000 });
        try
        {
            while (reader.Read())
            {
                var start = (int)reader.TokenStartIndex;
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = start;
                        continue;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push((name, start));
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        var (itsName, itsStart) = open.Pop();
                        places.Add(new(itsName, itsStart, (int)reader.BytesConsumed));
                        break;
                    default:
                        places.Add(new(name, start, (int)reader.BytesConsumed));
                        break;
                }
                name = -1;
            }
        }
        catch (JsonException)
        {
            return [];
        }
        return places;
    }
}
