using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Actors.Cli.Messages;

/// <summary>The errors that the bridge itself answers with. Codes above zero are HTTP's, as the endpoint's own are (docs/protocol.md).</summary>
internal static class ErrorMessage
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int Internal = -32603;
    public const int HeaderMismatch = -32020;
    public const int MethodNotFound = -32601;

    /// <summary>Try again later: nothing was run.</summary>
    public const int Unavailable = 503;

    /// <summary>Look before trying again: it may or may not have run.</summary>
    public const int Uncertain = 504;

    private static readonly JsonWriterOptions AsText = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="id">JSON; null: the message had none that could be read, and neither has its answer.</param>
    /// <param name="code">See above.</param>
    /// <param name="text">For the agent, in words it can act on.</param>
    public static byte[] Create(byte[]? id, int code, string text) => Write(id, json =>
    {
        json.WriteStartObject("error");
        json.WriteNumber("code", code);
        json.WriteString("message", text);
        json.WriteEndObject();
    });

    /// <summary>The server's error as the answer to the host's request: servers leave the id out where they could not read it.</summary>
    public static byte[] Readdress(byte[] id, ReadOnlyMemory<byte> error) => Write(id, json =>
    {
        json.WritePropertyName("error");
        json.WriteRawValue(error.Span, skipInputValidation: true);
    });

    private static byte[] Write(byte[]? id, Action<Utf8JsonWriter> writeError)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, AsText);
        json.WriteStartObject();
        json.WriteString("jsonrpc", "2.0");
        if (id is not null)
        {
            json.WritePropertyName("id");
            json.WriteRawValue(id, skipInputValidation: true);
        }
        writeError(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
