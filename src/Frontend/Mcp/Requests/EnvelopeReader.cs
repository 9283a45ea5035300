using System.Text.Json;
using Actors.Frontend.Mcp.Errors;

namespace Actors.Frontend.Mcp.Requests;

/// <summary>
/// Reads a body in one forward pass, without a document: JSON-RPC 2.0 as Basic/Messages of revision 2026-07-28 narrows it.
/// The values that headers mirror reuse the headers' strings, so a poll allocates no text.
/// </summary>
internal ref struct EnvelopeReader
{
    private const int JsonRpc = 1, Id = 2, Method = 4, Params = 8;

    private readonly MirroredValues _mirrored;
    private readonly Envelope _envelope;
    private Utf8JsonReader _json;
    private int _seen;

    private EnvelopeReader(ReadOnlySpan<byte> body, MirroredValues mirrored, int maxDepth, Envelope envelope)
    {
        _json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = maxDepth });
        _mirrored = mirrored;
        _envelope = envelope;
    }

    /// <param name="body">The whole body.</param>
    /// <param name="mirrored">What the headers say that the body says.</param>
    /// <param name="maxDepth">Nesting at most.</param>
    /// <param name="envelope">Filled as far as the reader gets, so that an error can still echo the id.</param>
    public static void Read(ReadOnlySpan<byte> body, in MirroredValues mirrored, int maxDepth, Envelope envelope)
    {
        RequestText.Check(body);
        var reader = new EnvelopeReader(body, mirrored, maxDepth, envelope);
        try
        {
            reader.ReadMessage();
        }
        catch (JsonException e)
        {
            var limit = reader._json.CurrentDepth >= maxDepth - 1 ? " (Actors:Limits:MaxJsonDepth)" : "";
            throw new RefusedException(Refusal.NotJson, $"The body is not one JSON value: {e.Message}{limit}");
        }
        catch (RefusedException) when (envelope.Id is null)
        {
            envelope.Id = LateId.Find(body, maxDepth);
            throw;
        }
    }

    private void ReadMessage()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.StartArray)
            throw Invalid("The body is an array: batches are not part of MCP. Send each request as its own POST.");
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Invalid("The body must be a JSON object with the members jsonrpc, id, method and params.");
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
            ReadMember();

        // The object is closed: one more read finds the end of the body, or throws at what follows.
        _json.Read();
        if ((_seen & JsonRpc) == 0)
            throw Invalid("The member 'jsonrpc' is missing; it must be \"2.0\".");
        if ((_seen & Method) == 0 && !_envelope.IsResponse)
            throw Invalid("The member 'method' is missing; it must be the name of a method, for example \"tools/call\".");
    }

    private void ReadMember()
    {
        if (_json.ValueTextEquals("jsonrpc"u8))
            ReadJsonRpc();
        else if (_json.ValueTextEquals("id"u8))
            ReadId();
        else if (_json.ValueTextEquals("method"u8))
            ReadMethod();
        else if (_json.ValueTextEquals("params"u8))
            ReadParams();
        else
        {
            var (isResult, isError) = (_json.ValueTextEquals("result"u8), _json.ValueTextEquals("error"u8));
            _json.Read();
            var start = (int)_json.TokenStartIndex;
            _json.Skip();
            var value = new JsonSpan(start, (int)_json.BytesConsumed - start);
            _envelope.IsResponse |= isResult || isError;
            if (isResult)
                _envelope.Result = value;
            else if (isError)
                _envelope.Error = value;
        }
    }

    private void ReadJsonRpc()
    {
        Once(JsonRpc, "jsonrpc");
        _json.Read();
        if (_json.TokenType != JsonTokenType.String || !_json.ValueTextEquals("2.0"u8))
            throw Invalid("The member 'jsonrpc' must be \"2.0\".");
    }

    private void ReadId()
    {
        Once(Id, "id");
        _json.Read();
        _envelope.Id = IdOf(ref _json)
            ?? throw Invalid("The member 'id' must be a string or an integer; null and fractions are not allowed.");
    }

    /// <summary>The id that the reader stands at, as it was sent; null: it is none.</summary>
    internal static byte[]? IdOf(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String => [(byte)'"', .. json.ValueSpan, (byte)'"'],
        JsonTokenType.Number when json.TryGetInt64(out _) => json.ValueSpan.ToArray(),
        _ => null,
    };

    private void ReadMethod()
    {
        Once(Method, "method");
        _json.Read();
        if (_json.TokenType != JsonTokenType.String)
            throw Invalid("The member 'method' must be a string, for example \"tools/call\".");
        _envelope.Method = Text(_mirrored.Method);
    }

    private void ReadParams()
    {
        Once(Params, "params");
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Invalid("The member 'params' must be an object.");
        _envelope.HasParams = true;
        var start = (int)_json.TokenStartIndex;
        new ParamsReader(_mirrored, _envelope).Read(ref _json);
        _envelope.Params = new JsonSpan(start, (int)_json.BytesConsumed - start);
    }

    private readonly string Text(string? likely) =>
        likely is not null && _json.ValueTextEquals(likely) ? likely : _json.GetString()!;

    private void Once(int flag, string name)
    {
        if ((_seen & flag) != 0)
            throw Invalid($"The member '{name}' appears twice.");
        _seen |= flag;
    }

    private static RefusedException Invalid(string message) => new(Refusal.InvalidRequest, message);
}
