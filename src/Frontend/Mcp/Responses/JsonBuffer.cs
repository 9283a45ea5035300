using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Actors.Frontend.Mcp.Responses;

/// <summary>A reusable buffer with a JSON writer over it, so that an answer of a few hundred bytes allocates nothing.</summary>
internal sealed class JsonBuffer : IDisposable
{
    private const int KeptBytes = 64 * 1024;

    // Relaxed escaping is safe here: the bytes are served as JSON or as an event stream, never inside HTML.
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static JsonBuffer? spare;

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    private JsonBuffer() => Writer = new Utf8JsonWriter(_bytes, WriterOptions);

    public Utf8JsonWriter Writer { get; }

    public static JsonBuffer Rent()
    {
        var buffer = spare ?? new JsonBuffer();
        spare = null;
        return buffer;
    }

    /// <summary>What was written so far; valid until the buffer is disposed.</summary>
    public ReadOnlyMemory<byte> Written
    {
        get
        {
            Writer.Flush();
            return _bytes.WrittenMemory;
        }
    }

    public void Dispose()
    {
        _bytes.ResetWrittenCount();
        Writer.Reset(_bytes);
        if (_bytes.Capacity <= KeptBytes)
            spare = this;
    }
}
