namespace Actors.Cli.Retries;

/// <summary>What came of sending a request once.</summary>
internal sealed record Outcome
{
    public static readonly Outcome Answered = new() { Kind = OutcomeKind.Answered };

    private Outcome()
    {
    }

    public OutcomeKind Kind { get; private init; }

    /// <summary>What happened, in words; where nothing was answered.</summary>
    public string Why { get; private init; } = "";

    /// <summary>What the server asked to wait; null: nothing.</summary>
    public TimeSpan? After { get; private init; }

    /// <summary>The answer for the host: of a refusal, and of a server that said "try again" until the bridge gave up.</summary>
    public ReadOnlyMemory<byte>? Answer { get; private init; }

    public static Outcome NotRun(string why, TimeSpan? after = null, ReadOnlyMemory<byte>? answer = null) =>
        new() { Kind = OutcomeKind.NotRun, Why = why, After = after, Answer = answer };

    public static Outcome MayHaveRun(string why, TimeSpan? after = null) =>
        new() { Kind = OutcomeKind.MayHaveRun, Why = why, After = after };

    public static Outcome Refused(ReadOnlyMemory<byte> answer) => new() { Kind = OutcomeKind.Refused, Answer = answer };
}
