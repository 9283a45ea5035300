using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Actors.Jobs;
using Orleans.Serialization.Wire;

namespace Actors.Bench.GrainCalls;

internal static partial class WireFigures
{
    private const int WarmUpCount = 1_000_000;
    private const int Count = 1_000_000;

    static partial void Measure()
    {
        var running = new JobSnapshot
        {
            Id = Guid.CreateVersion7().ToString("N"), Tool = "reindex", Status = JobStatus.Running, StatusMessage = "Reading the third of nine folders.",
            CreatedAt = TimeProvider.System.GetUtcNow(), UpdatedAt = TimeProvider.System.GetUtcNow(), PollIntervalMs = 1000, Attempt = 1, Revision = 42,
            Progress = new JobProgress(3, 9, "folder 3")
        };
        Print("running", running);
        Print("completed, 4 KiB", running with { Status = JobStatus.Completed, Result = new byte[4096] });
    }

    private static void Print(string name, JobSnapshot snapshot)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        Encode(buffer, snapshot, WarmUpCount);
        Decode(buffer, WarmUpCount);
        var startedAt = Stopwatch.GetTimestamp();
        Encode(buffer, snapshot, Count);
        var encoded = Stopwatch.GetElapsedTime(startedAt);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        startedAt = Stopwatch.GetTimestamp();
        Decode(buffer, Count);
        var decoded = Stopwatch.GetElapsedTime(startedAt);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"JobSnapshot ({name}): {buffer.WrittenCount} bytes, encode {encoded.TotalNanoseconds / Count:N0} ns, decode {decoded.TotalNanoseconds / Count:N0} ns and {allocated / Count:N0} B"));
    }

    private static void Encode(ArrayBufferWriter<byte> buffer, JobSnapshot snapshot, int count)
    {
        for (var i = 0; i < count; i++)
        {
            buffer.ResetWrittenCount();
            var writer = new WireWriter(buffer);
            Codec<JobSnapshot>.Instance.Write(ref writer, snapshot);
            writer.Commit();
        }
    }

    private static void Decode(ArrayBufferWriter<byte> buffer, int count)
    {
        var message = new ReadOnlySequence<byte>(buffer.WrittenMemory);
        for (var i = 0; i < count; i++)
        {
            var reader = new WireReader(message);
            if (Codec<JobSnapshot>.Instance.Read(ref reader).Attempt != 1) throw new InvalidOperationException("The snapshot is not what was written.");
        }
    }
}
