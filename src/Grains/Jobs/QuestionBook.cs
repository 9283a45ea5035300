using System.Collections.Immutable;
using Actors.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>
/// The questions of one job, or of one call in rounds, as one execution of its tool asks them. A tool that runs again and
/// asks the same (method and params, byte for byte) meets the stored exchange; each is met once per execution, in
/// order, so a question asked twice is two questions. Not safe for concurrent use.
/// </summary>
public sealed class QuestionBook(ImmutableArray<InputExchange> exchanges)
{
    /// <summary>The key of the question whether the tool may run at all: it comes before the tool's first line, and is asked once.</summary>
    public const string ConfirmationKey = "actors-confirmation";

    private HashSet<string>? _asked;

    public ImmutableArray<InputExchange> Exchanges { get; private set; } = exchanges;

    // Most tools ask nothing.
    private HashSet<string> Asked => _asked ??= new(StringComparer.Ordinal);

    /// <summary>The questions that this execution waits for, oldest first.</summary>
    public ImmutableArray<InputRequest> Open => OpenIn(Exchanges);

    /// <summary>The exchange that this question is, which is a new one where none matches.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="now">When, where that is recorded.</param>
    public InputExchange Ask(InputQuestion question, DateTimeOffset? now = null)
    {
        foreach (var stored in Exchanges)
        {
            if (Matches(stored.Request, question) && Asked.Add(stored.Request.Key))
            {
                return Renewed(stored);
            }
        }

        var asked = new InputExchange(new InputRequest(NewKey(question.Name), question.Method, question.Params), null) { AskedAt = now };
        Asked.Add(asked.Request.Key);
        Exchanges = Exchanges.Add(asked);
        return asked;
    }

    /// <summary>The questions among <paramref name="exchanges"/> that this execution waits for.</summary>
    public ImmutableArray<InputRequest> OpenIn(ImmutableArray<InputExchange> exchanges) =>
        [.. exchanges.Where(e => e.IsPending && WasAsked(e.Request.Key)).Select(e => e.Request)];

    /// <summary>Takes over what was stored since.</summary>
    public void Restore(ImmutableArray<InputExchange> stored)
    {
        Exchanges = stored;
        _asked?.IntersectWith(stored.Select(e => e.Request.Key));
    }

    /// <summary>Undoes the asking of a question whose storing failed: asked again, it meets what is stored of it, if anything.</summary>
    public void Withdraw(string key, ImmutableArray<InputExchange> stored)
    {
        _asked?.Remove(key);
        Restore(stored);
    }

    /// <summary>The exchanges for a time in which nothing runs: an open question that this execution does not wait for is nobody's.</summary>
    public ImmutableArray<InputExchange> Parked() =>
        [.. Exchanges.Select(e => e with { IsSuperseded = e.IsPending && !WasAsked(e.Request.Key) })];

    private bool WasAsked(string key) => _asked?.Contains(key) is true;

    private InputExchange Renewed(InputExchange stored)
    {
        if (!stored.IsSuperseded)
        {
            return stored;
        }

        var renewed = stored with { IsSuperseded = false };
        Exchanges = Exchanges.Replace(stored, renewed);
        return renewed;
    }

    /// <summary>Whether the tool's first line has not run yet, since it waits for being confirmed.</summary>
    public static bool AwaitsConfirmation(ImmutableArray<InputExchange> exchanges) =>
        exchanges.Any(e => e.IsPending && e.Request.Key == ConfirmationKey);

    // A confirmation stands whatever a newer version words it like; nothing else does.
    private static bool Matches(InputRequest stored, InputQuestion question) =>
        stored.Key == ConfirmationKey || question.Name == ConfirmationKey ? stored.Key == question.Name :
        stored.Method == question.Method && stored.Params.AsSpan().SequenceEqual(question.Params);

    // The protocol forbids using a key twice in a job's life, so a name that a tool uses again gets a number.
    private string NewKey(string? name)
    {
        var key = name ?? $"input-{Exchanges.Length + 1}";
        for (var n = 2; Exchanges.Any(e => e.Request.Key == key); n++)
        {
            key = $"{name ?? "input"}-{(name is null ? Exchanges.Length + n : n)}";
        }

        return key;
    }
}
