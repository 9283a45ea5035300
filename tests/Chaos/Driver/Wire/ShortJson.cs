using System.Buffers;
using System.Text.Json;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Driver.Wire;

/// <summary>JSON with what stands for its long texts in their places.</summary>
internal static class ShortJson
{
    public static JsonElement Of(JsonElement message)
    {
        if (message.GetRawText().Length <= LongText.KeptLength)
            return message.Clone();
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, message);
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(LongText.Of(value.GetString()!));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
