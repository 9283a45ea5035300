using System.Diagnostics;
using System.Globalization;

namespace Actors.Bench.GrainCalls;

/// <summary>Callers in closed loops for a while: how many calls per second, and how long one took.</summary>
internal sealed record Measurement(double CallsPerSecond, double P50Microseconds, double P99Microseconds, double BytesPerCall, double ProcessorMicroseconds)
{
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    /// <param name="callers">How many call at a time.</param>
    /// <param name="call">One call, given the caller's number and a value, which it answers with.</param>
    /// <param name="otherProcess">The processor time of another process that takes part.</param>
    /// <param name="duration">How long is measured, after half of it to warm up; null: three seconds.</param>
    public static async Task<Measurement> OfAsync(int callers, Func<int, int, ValueTask<int>> call, Func<TimeSpan>? otherProcess = null, TimeSpan? duration = null)
    {
        var length = duration ?? Duration;
        await RunAsync(callers, call, length / 2);
        var allocated = GC.GetTotalAllocatedBytes();
        var processor = ProcessorTime(otherProcess);
        var (latencies, elapsed) = await RunAsync(callers, call, length);
        processor = ProcessorTime(otherProcess) - processor;
        var bytes = GC.GetTotalAllocatedBytes() - allocated;
        return new Measurement(
            latencies.Total / elapsed.TotalSeconds, latencies.Microseconds(0.50), latencies.Microseconds(0.99), (double)bytes / latencies.Total,
            processor.TotalMicroseconds / latencies.Total);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{CallsPerSecond,10:N0} calls/s   p50 {P50Microseconds,7:N1} us   p99 {P99Microseconds,7:N1} us   {BytesPerCall,5:N0} B/call   {ProcessorMicroseconds,5:N1} us of processor/call");

    private static TimeSpan ProcessorTime(Func<TimeSpan>? otherProcess) =>
        Environment.CpuUsage.TotalTime + (otherProcess?.Invoke() ?? TimeSpan.Zero);

    private static async Task<(Histogram Latencies, TimeSpan Elapsed)> RunAsync(
        int callers, Func<int, int, ValueTask<int>> call, TimeSpan duration)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var end = startedAt + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var histograms = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallUntilAsync(caller, call, end))));
        return (Histogram.Sum(histograms), Stopwatch.GetElapsedTime(startedAt));
    }

    private static async Task<Histogram> CallUntilAsync(int caller, Func<int, int, ValueTask<int>> call, long end)
    {
        var histogram = new Histogram();
        for (var now = Stopwatch.GetTimestamp(); now < end;)
        {
            if (await call(caller, 42) != 42) throw new InvalidOperationException("The answer is not what was sent.");
            var then = now;
            now = Stopwatch.GetTimestamp();
            histogram.Add(now - then);
        }

        return histogram;
    }
}
