using System.Text.Json;
using System.Threading.Channels;

namespace Actors.Chaos.Checker.Records;

/// <summary>Writes a record to a file, line by line, from any thread.</summary>
public sealed class RecordWriter : IAsyncDisposable
{
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    private readonly Channel<RecordLine> _lines = Channel.CreateUnbounded<RecordLine>(new() { SingleReader = true });
    private readonly Task _writing;

    public RecordWriter(string path) => _writing = WriteAsync(path);

    public void Add(CallRecord call) => _lines.Writer.TryWrite(new() { Call = call });

    public void Add(StreamEvent message) => _lines.Writer.TryWrite(new() { Event = message });

    public void Add(EffectRecord effect) => _lines.Writer.TryWrite(new() { Effect = effect });

    public void Add(FaultRecord fault) => _lines.Writer.TryWrite(new() { Fault = fault });

    public void Add(WebhookRecord webhook) => _lines.Writer.TryWrite(new() { Webhook = webhook });

    public void Add(ScheduleRecord schedule) => _lines.Writer.TryWrite(new() { Schedule = schedule });

    public void Add(LimitRecord limit) => _lines.Writer.TryWrite(new() { Limit = limit });

    public void Add(WholeResult whole) => _lines.Writer.TryWrite(new() { Whole = whole });

    public void Add(ClockReading clock) => _lines.Writer.TryWrite(new() { Clock = clock });

    public void Add(FinalRead final) => _lines.Writer.TryWrite(new() { Final = final });

    /// <summary>Returns when everything is in the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 64 * 1024, useAsync: true);
        await foreach (var line in _lines.Reader.ReadAllAsync())
        {
            await file.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, RecordJson.Default.RecordLine));
            await file.WriteAsync(LineEnd);
        }
    }
}
