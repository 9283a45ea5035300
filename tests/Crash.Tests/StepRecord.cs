using System.Globalization;

namespace Actors.Crash.Tests;

/// <summary>What a <c>count_to</c> job wrote outside of the server as it went: one line per step, with its attempt.</summary>
internal sealed record StepRecord(IReadOnlyList<(int Attempt, int Step)> Steps, IReadOnlyList<int> Ends)
{
    public static StepRecord Read(string folder, string job)
    {
        var file = Path.Combine(folder, job);
        List<(int, int)> steps = [];
        List<int> ends = [];
        foreach (var line in File.Exists(file) ? File.ReadAllLines(file) : [])
        {
            var (attempt, what) = (line[..line.IndexOf(' ')], line[(line.IndexOf(' ') + 1)..]);
            if (what == "end")
                ends.Add(Number(attempt));
            else
                steps.Add((Number(attempt), Number(what)));
        }

        return new(steps, ends);
    }

    public IReadOnlyList<int> StepsOf(int attempt) => [.. Steps.Where(step => step.Attempt == attempt).Select(step => step.Step)];

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
