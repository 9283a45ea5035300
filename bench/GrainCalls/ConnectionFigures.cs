namespace Actors.Bench.GrainCalls;

/// <summary>What the stand-in's connections carry between two processes. With Orleans' own packages there is nothing to measure here.</summary>
internal static partial class ConnectionFigures
{
    public const string PeerCommand = "answer-frames";

    static partial void Measure(ref Task measured);

    static partial void Answer(ref Task answered);

    /// <summary>The other process: it says everything back until its input ends.</summary>
    public static Task AnswerAsync()
    {
        var answered = Task.CompletedTask;
        Answer(ref answered);
        return answered;
    }

    public static Task PrintAsync()
    {
        var measured = Task.CompletedTask;
        Measure(ref measured);
        return measured;
    }
}
