using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Actors.Cli.Messages;

/// <summary>Reads a message in one forward pass; of its parameters only what the transport mirrors.</summary>
internal ref struct MessageReader
{
    private const int MaxDepth = 256; // Deeper than any server of ours takes; what is too deep there, it refuses in its own words.

    private readonly Message _message;
    private Utf8JsonReader _json;
    private bool _hasOutcome;
    private bool _isVersion2;
    private bool _idIsNull;

    private MessageReader(Message message)
    {
        _message = message;
        _json = new Utf8JsonReader(message.Bytes.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    public static Message Read(ReadOnlyMemory<byte> bytes)
    {
        var message = new Message { Bytes = bytes };
        try
        {
            if (Utf8.IsValid(bytes.Span))
                new MessageReader(message).Read();
            else
                Fail(message, "it is not valid UTF-8");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that escapes half of a surrogate pair.
            Fail(message, e.Message);
        }
        return message;
    }

    private void Read()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.StartArray)
        {
            _json.Skip();
            _json.Read();
            _message.Kind = MessageKind.Batch;
            return;
        }
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            _message.IsJson = true;
            Fail(_message, "it is not a JSON object");
            return;
        }
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
            ReadMember();
        _json.Read(); // Throws at whatever follows the object.
        _message.IsJson = true;
        Classify();
    }

    private void ReadMember()
    {
        if (_json.ValueTextEquals("id"u8))
        {
            _json.Read();
            ReadId();
        }
        else if (_json.ValueTextEquals("method"u8))
        {
            _json.Read();
            _message.Method = _json.GetString();
        }
        else if (_json.ValueTextEquals("params"u8))
        {
            _json.Read();
            if (_json.TokenType == JsonTokenType.StartObject)
                ParamsReader.Read(ref _json, _message);
            else
                _json.Skip();
        }
        else if (_json.ValueTextEquals("error"u8))
        {
            _hasOutcome = true;
            _json.Read();
            ErrorReader.Read(ref _json, _message);
        }
        else
        {
            _hasOutcome |= _json.ValueTextEquals("result"u8);
            var isVersion = _json.ValueTextEquals("jsonrpc"u8);
            _json.Read();
            _isVersion2 |= isVersion && _json.TokenType == JsonTokenType.String && _json.ValueTextEquals("2.0"u8);
            _json.Skip();
        }
    }

    private void ReadId()
    {
        if (_json.TokenType == JsonTokenType.Null)
        {
            _idIsNull = true;
            return;
        }
        if (KeyOf(ref _json) is not { } key)
        {
            _json.Skip();
            return;
        }
        _message.IdKey = key;
        _message.Id = _json.TokenType == JsonTokenType.String
            ? [(byte)'"', .. _json.ValueSpan, (byte)'"']
            : _json.ValueSpan.ToArray();
    }

    /// <summary>Null: neither a string nor a number.</summary>
    public static string? KeyOf(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String => "\"" + json.GetString(),
        JsonTokenType.Number when json.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
        JsonTokenType.Number => Encoding.UTF8.GetString(json.ValueSpan),
        _ => null,
    };

    private readonly void Classify()
    {
        if (!_isVersion2)
            Fail(_message, "its member \"jsonrpc\" is not \"2.0\"");
        else if (_message.Method is not null && _idIsNull)
            Fail(_message, "its id is null");
        else if (_message.Method is not null)
            _message.Kind = _message.Id is null ? MessageKind.Notification : MessageKind.Request;
        else if (_hasOutcome)
            _message.Kind = MessageKind.Response;
        else
            Fail(_message, "it has neither a method nor a result nor an error");
    }

    private static void Fail(Message message, string fault)
    {
        message.Kind = MessageKind.Invalid;
        message.Fault = fault;
    }
}
