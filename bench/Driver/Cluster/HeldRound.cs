using Actors.Bench.Driver.Processes;
using Actors.Bench.Driver.Results;

namespace Actors.Bench.Driver.Cluster;

/// <summary>What a process held, once: begun a second, its memory with all of them and for each, and its processor time while they idle.</summary>
internal sealed record HeldRound(double PerSecond, double HeldMiB, double EachKiB, double IdleCpuUs)
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    /// <param name="process">Who holds them.</param>
    /// <param name="beforeMiB">Its memory before.</param>
    /// <param name="count">How many it holds.</param>
    /// <param name="took">How long it took until it held them.</param>
    public static async Task<HeldRound> OfAsync(ProcessGroup process, double beforeMiB, int count, TimeSpan took)
    {
        await Task.Delay(Settle);
        var held = process.MemoryMiB;
        var idle = process.CpuTime;
        await Task.Delay(Settle);
        return new HeldRound(
            count / took.TotalSeconds, held, (held - beforeMiB) * 1024 / count, (process.CpuTime - idle).TotalMicroseconds / Settle.TotalSeconds);
    }

    /// <summary>Measures a few rounds, each with processes of its own: memory that a process has had once it may keep.</summary>
    /// <param name="row">Where the figures go.</param>
    /// <param name="work">What is held.</param>
    /// <param name="words">What was done to begin, who holds, and the process's name while they idle.</param>
    /// <param name="mostMiB">The most that the process may hold.</param>
    /// <param name="rounds">How many rounds.</param>
    /// <param name="measure">One of them.</param>
    public static async Task AddAsync(
        RowRun row, string work, (string Begun, string Holder, string Idle) words, double mostMiB, int rounds, Func<Task<HeldRound>> measure)
    {
        var measured = new List<HeldRound>();
        for (var round = 0; round < rounds; round++)
            measured.Add(await measure());

        double[] held = [.. measured.Select(round => round.HeldMiB)];
        row.Add(Figure.Of(work, $"Actors, {words.Begun}", "/s", [.. measured.Select(round => round.PerSecond)]));
        row.Add(Figure.Of(work, $"Actors, the {words.Holder} with all of them", "MiB", held) with
        {
            IsLessBetter = true, Target = Target.AtMost(mostMiB, Quantile.Median(held)),
            Processes = [new ProcessUse(words.Idle, Quantile.Median([.. measured.Select(round => round.IdleCpuUs)]), 0, Quantile.Median(held))],
        });
        row.Add(Figure.Of(work, "Actors, for each of them", "KiB", [.. measured.Select(round => round.EachKiB)]) with { IsLessBetter = true });
    }
}
