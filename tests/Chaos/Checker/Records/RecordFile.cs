using System.Text.Json;

namespace Actors.Chaos.Checker.Records;

/// <summary>Reads what <see cref="RecordWriter"/> wrote.</summary>
public static class RecordFile
{
    /// <exception cref="JsonException">A line is not of a record.</exception>
    public static History Read(string path)
    {
        var lines = File.ReadLines(path).Select(line => JsonSerializer.Deserialize(line, RecordJson.Default.RecordLine)!).ToList();
        return new History
        {
            Calls = [.. lines.Select(line => line.Call).OfType<CallRecord>()],
            Events = [.. lines.Select(line => line.Event).OfType<StreamEvent>()],
            Effects = [.. lines.Select(line => line.Effect).OfType<EffectRecord>()],
            Faults = [.. lines.Select(line => line.Fault).OfType<FaultRecord>()],
            Webhooks = [.. lines.Select(line => line.Webhook).OfType<WebhookRecord>()],
            Schedules = [.. lines.Select(line => line.Schedule).OfType<ScheduleRecord>()],
            Limits = [.. lines.Select(line => line.Limit).OfType<LimitRecord>()],
            Wholes = [.. lines.Select(line => line.Whole).OfType<WholeResult>()],
            Clocks = [.. lines.Select(line => line.Clock).OfType<ClockReading>()],
            Final = lines.Select(line => line.Final).LastOrDefault(final => final is not null),
        };
    }
}
