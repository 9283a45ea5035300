using System.Globalization;

namespace Actors.Cluster.Tests;

/// <summary>One line of the record that the limited tools keep: a job's beginning or its end.</summary>
internal sealed record Run(string What, string Job, int Attempt, int Pid, long At)
{
    /// <summary>The lines so far, by their time.</summary>
    public static async Task<List<Run>> ReadAsync(string record, CancellationToken cancellationToken)
    {
        var lines = await Task.WhenAll(Directory.GetFiles(record, "*.line").Select(path => File.ReadAllTextAsync(path, cancellationToken)));
        return [.. lines.Select(Parse).OrderBy(run => run.At)];
    }

    /// <summary>
    /// The most that ran at one instant. What a dead silo ran ended with it: when its death was ordered, or right after it had begun. Nobody
    /// else has its jobs for seconds.
    /// </summary>
    public static int MostAtOnce(IReadOnlyCollection<Run> runs, int dead = 0, long killed = 0)
    {
        var ended = runs.Where(run => run.What == "ended").Select(run => (run.Job, run.Attempt, run.Pid)).ToHashSet();
        var changes = runs.Select(run => (run.At, Change: run.What == "began" ? 1 : -1))
            .Concat(runs.Where(run => run.What == "began" && run.Pid == dead && !ended.Contains((run.Job, run.Attempt, run.Pid))).Select(run => (At: Math.Max(killed, run.At + 1), Change: -1)));
        int now = 0, most = 0;
        foreach (var (_, change) in changes.OrderBy(change => change.At).ThenBy(change => change.Change))
            most = Math.Max(most, now += change);
        return most;
    }

    private static Run Parse(string line)
    {
        var words = line.Split(' ');
        return new Run(
            words[0], words[1], int.Parse(words[2], CultureInfo.InvariantCulture), int.Parse(words[3], CultureInfo.InvariantCulture),
            long.Parse(words[4], CultureInfo.InvariantCulture));
    }
}
