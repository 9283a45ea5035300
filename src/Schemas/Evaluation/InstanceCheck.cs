using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Actors.Schemas.Evaluation;

/// <summary>What must hold of an instance before a keyword looks at it: its size, its depth, and strings that are Unicode.</summary>
internal static class InstanceCheck
{
    public static SchemaError? Find(JsonElement instance, SchemaLimits limits, string name)
    {
        var utf8 = JsonMarshal.GetRawUtf8Value(instance);
        if (utf8.Length > limits.MaxInstanceBytes)
            return Past(name, $"{name} is {utf8.Length} bytes long; the limit is {limits.MaxInstanceBytes}.");
        if (!Utf8.IsValid(utf8))
            return Past(name, $"{name} is not valid UTF-8.");
        // A level takes two bytes at least, so that a short instance need not be read for its depth.
        var mayBeDeep = utf8.Length > 2 * limits.MaxInstanceDepth;
        return mayBeDeep || HasSurrogate(utf8) ? Read(utf8, limits, name) : null;
    }

    private static bool HasSurrogate(ReadOnlySpan<byte> utf8) => utf8.IndexOf("\\ud"u8) >= 0 || utf8.IndexOf("\\uD"u8) >= 0;

    private static SchemaError? Read(ReadOnlySpan<byte> utf8, SchemaLimits limits, string name)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = limits.MaxInstanceDepth });
        var mayHoldSurrogates = HasSurrogate(utf8);
        try
        {
            while (reader.Read())
            {
                if (mayHoldSurrogates && reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    reader.GetString();
            }
            return null;
        }
        catch (InvalidOperationException)
        {
            return Past(name, $"{name} holds a string with half a surrogate pair, which is no Unicode text.");
        }
        catch (JsonException)
        {
            return Past(name, $"{name} is nested deeper than {limits.MaxInstanceDepth} levels.");
        }
    }

    private static SchemaError Past(string name, string message) => new("", name, "#", SchemaError.Limit, message);
}
