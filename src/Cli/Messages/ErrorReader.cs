using System.Text.Json;

namespace Actors.Cli.Messages;

/// <summary>What an error says about trying again.</summary>
internal static class ErrorReader
{
    public static void Read(ref Utf8JsonReader json, Message message)
    {
        var start = (int)json.TokenStartIndex;
        var copy = json;
        json.Skip();
        message.Error = message.Bytes[start..(int)json.BytesConsumed];
        if (copy.TokenType != JsonTokenType.StartObject)
            return;
        while (copy.Read() && copy.TokenType == JsonTokenType.PropertyName)
        {
            var isCode = copy.ValueTextEquals("code"u8);
            var isText = copy.ValueTextEquals("message"u8);
            var isData = copy.ValueTextEquals("data"u8);
            copy.Read();
            if (isCode && copy.TokenType == JsonTokenType.Number && copy.TryGetInt32(out var code))
                message.ErrorCode = code;
            else if (isText && copy.TokenType == JsonTokenType.String)
                message.ErrorText = copy.GetString();
            else if (isData && copy.TokenType == JsonTokenType.StartObject)
                ReadData(ref copy, message);
            else
                copy.Skip();
        }
    }

    private static void ReadData(ref Utf8JsonReader json, Message message)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isAfter = json.ValueTextEquals("retryAfterMs"u8);
            var isJob = json.ValueTextEquals("jobId"u8);
            json.Read();
            if (isAfter && json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var after))
                message.RetryAfterMs = after;
            else if (isJob && json.TokenType == JsonTokenType.String)
                message.ErrorJobId = json.GetString();
            else
                json.Skip();
        }
    }
}
