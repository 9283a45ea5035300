using System.Diagnostics;
using System.Globalization;

namespace Actors.Bench.Driver.Cluster;

/// <summary>What a job said: in which attempt, in which process, and when by the clock that all processes of the machine share.</summary>
internal sealed record Mark(string Kind, string Job, int Attempt, int Pid, long Timestamp)
{
    public const string Began = "began";
    public const string Stopped = "stopped";

    public static Mark Parse(string text)
    {
        var words = text.Split(' ');
        return new Mark(words[0], words[1], Number(words[2]), Number(words[3]), long.Parse(words[4], CultureInfo.InvariantCulture));
    }

    /// <summary>Negative where it came before.</summary>
    public TimeSpan Since(long timestamp) => TimeSpan.FromSeconds((Timestamp - timestamp) / (double)Stopwatch.Frequency);

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
