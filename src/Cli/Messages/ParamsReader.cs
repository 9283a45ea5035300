using System.Text.Json;

namespace Actors.Cli.Messages;

/// <summary>What <c>params</c> holds that has a header, or that says which request a notification is about.</summary>
internal static class ParamsReader
{
    /// <summary>From the object's first token to its last.</summary>
    public static void Read(ref Utf8JsonReader json, Message message)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("name"u8))
                message.Name = Text(ref json);
            else if (json.ValueTextEquals("uri"u8))
                message.Uri = Text(ref json);
            else if (json.ValueTextEquals("taskId"u8))
                message.TaskId = Text(ref json);
            else if (json.ValueTextEquals("requestId"u8))
                message.CancelledKey = Key(ref json);
            else if (json.ValueTextEquals("progress"u8))
                message.Progress = Number(ref json);
            else if (json.ValueTextEquals("arguments"u8))
                message.Arguments = Raw(ref json, message);
            else if (json.ValueTextEquals("_meta"u8))
                ReadMeta(ref json, message);
            else
                Skip(ref json);
        }
    }

    private static void ReadMeta(ref Utf8JsonReader json, Message message)
    {
        json.Read();
        var start = (int)json.TokenStartIndex;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("io.modelcontextprotocol/protocolVersion"u8))
                message.MetaVersion = Text(ref json);
            else
                Skip(ref json);
        }
        message.Meta = message.Bytes[start..(int)json.BytesConsumed];
    }

    private static string? Text(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
            return json.GetString();
        json.Skip();
        return null;
    }

    private static string? Key(ref Utf8JsonReader json)
    {
        json.Read();
        var key = MessageReader.KeyOf(ref json);
        json.Skip();
        return key;
    }

    private static double? Number(ref Utf8JsonReader json)
    {
        json.Read();
        double? number = json.TokenType == JsonTokenType.Number && json.TryGetDouble(out var value) ? value : null;
        json.Skip();
        return number;
    }

    private static ReadOnlyMemory<byte> Raw(ref Utf8JsonReader json, Message message)
    {
        json.Read();
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return message.Bytes[start..(int)json.BytesConsumed];
    }

    private static void Skip(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }
}
