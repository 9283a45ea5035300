using Actors.Bench.Driver.Processes;
using Actors.Bench.Driver.Results;

namespace Actors.Bench.Driver.Load;

/// <summary>The same work by several, in turns, the product first: A B C A B C, once all are warm.</summary>
internal static class Contest
{
    /// <summary>Adds one figure for each contestant to the row: how much of the work a second.</summary>
    public static async Task RunAsync(RowRun row, string work, params IReadOnlyList<Contestant> contestants)
    {
        var scores = contestants.Select(contestant => new Score(contestant)).ToList();
        foreach (var score in scores)
            await score.Contestant.RunAsync(row.Pace.Warmup * row.Pace.Of(full: score.Contestant.Warmups, quick: 1));
        for (var round = 0; round < row.Pace.Rounds; round++)
        {
            foreach (var score in scores)
                await score.RunAsync(row.Pace.Round);
        }

        var ours = Quantile.Median(scores[0].PerSecond);
        foreach (var score in scores)
            row.Add(score.ToFigure(work, score == scores[0] ? null : ours));
    }

    private sealed class Score(Contestant contestant)
    {
        private readonly ProcessGroup[] _processes = [.. contestant.Processes, ProcessGroup.Driver];
        private readonly TimeSpan[] _cpu = new TimeSpan[contestant.Processes.Count + 1];
        private readonly double[] _memoryMiB = new double[contestant.Processes.Count + 1];
        private readonly Latencies _latencies = new();
        private TimeSpan _took;
        private long _done;

        public Contestant Contestant => contestant;

        public List<double> PerSecond { get; } = [];

        public async Task RunAsync(TimeSpan length)
        {
            TimeSpan[] before = [.. _processes.Select(process => process.CpuTime)];
            var round = await contestant.RunAsync(length);
            for (var i = 0; i < _processes.Length; i++)
            {
                _cpu[i] += _processes[i].CpuTime - before[i];
                _memoryMiB[i] = _processes[i].MemoryMiB;
            }

            PerSecond.Add(round.Done / round.Took.TotalSeconds);
            _latencies.Add(round.Latencies);
            _took += round.Took;
            _done += round.Done;
        }

        /// <param name="work">What was done.</param>
        /// <param name="ours">The product's rate; null: this is the product.</param>
        public Figure ToFigure(string work, double? ours)
        {
            var ratio = ours / Quantile.Median(PerSecond);
            return Figure.Of(work, contestant.Name, "/s", PerSecond) with
            {
                P50Ms = _latencies.Count > 0 ? _latencies.PercentileMs(0.5) : null,
                P99Ms = _latencies.Count > 0 ? _latencies.PercentileMs(0.99) : null,
                Ratio = ratio,
                Target = contestant.LeastRatio is { } least && ratio is { } measured ? Target.RatioAtLeast(least, measured) : null,
                Processes = [.. _processes.Select((process, i) =>
                    new ProcessUse(process.Name, _cpu[i].TotalMicroseconds / _took.TotalSeconds, _cpu[i].TotalMicroseconds / Math.Max(_done, 1), _memoryMiB[i]))],
            };
        }
    }
}
