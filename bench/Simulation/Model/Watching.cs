namespace Actors.Bench.Simulation.Model;

/// <summary>How a client learns what becomes of its job.</summary>
/// <param name="Name">As tables show it.</param>
/// <param name="AsksEvery">It asks anew after this time; null: it does not.</param>
/// <param name="IsCall">It asks with a call that is held open, and not with a poll.</param>
/// <param name="Listens">It holds a stream open.</param>
/// <param name="WordsPerSecond">What the tool says about its progress.</param>
internal sealed record Watching(string Name, TimeSpan? AsksEvery, bool IsCall, bool Listens, double WordsPerSecond)
{
    public static Watching Nobody { get; } = new("nobody asks", null, IsCall: false, Listens: false, 0);

    public static Watching Polls(double seconds, double wordsPerSecond = 0) =>
        new($"a poll every {seconds:0} s", TimeSpan.FromSeconds(seconds), IsCall: false, Listens: false, wordsPerSecond);

    public static Watching Listening(double wordsPerSecond) =>
        new("a stream of subscriptions/listen", null, IsCall: false, Listens: true, wordsPerSecond);

    /// <summary>A client without tasks: its call is held for the sync window, then job_wait is.</summary>
    public static Watching Waiting(double wordsPerSecond) =>
        new("calls held for 25 s each", TimeSpan.FromSeconds(25), IsCall: true, Listens: true, wordsPerSecond);
}
