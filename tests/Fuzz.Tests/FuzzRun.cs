using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Actors.Fuzz.Tests.Checks;
using Actors.Fuzz.Tests.Mutations;
using Actors.Fuzz.Tests.Requests;
using Actors.Fuzz.Tests.Target;
using Actors.Fuzz.Tests.Wire;

namespace Actors.Fuzz.Tests;

/// <summary>
/// Sends the messages of one revision, most of them altered. The dice of each are its own, thrown from the seed and its number, so
/// that one can be sent again alone; the handles in it are those that the server has given out by then.
/// </summary>
internal sealed class FuzzRun(FuzzTarget target, string revision, Handles handles)
{
    /// <summary>One message in so many goes out as it is.</summary>
    private const int UnalteredEvery = 11;

    private const int SessionsAtLeast = 3;
    private const int Senders = 16;
    private const int FaultsOfKind = 3;
    private const int MaxFaults = 40;

    private readonly ConcurrentDictionary<string, Fault> _faults = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _kinds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private int _next;
    private int _altered;

    public static int Seed { get; } = int.Parse(Environment.GetEnvironmentVariable("ACTORS_FUZZ_SEED") ?? "20260728", CultureInfo.InvariantCulture);

    /// <summary>The number of the only message to send altered; null: all.</summary>
    public static int? Only { get; } = Environment.GetEnvironmentVariable("ACTORS_FUZZ_ONLY") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public IReadOnlyCollection<Fault> Faults => [.. _faults.Values];

    public int Altered => _altered;

    /// <summary>How often each kind of fault was seen.</summary>
    public string Kinds => string.Join("; ", _kinds.OrderByDescending(kind => kind.Value).Select(kind => $"{kind.Value} × {kind.Key}"));

    /// <summary>How many answers had which status.</summary>
    public string Statuses => string.Join(", ", _statuses.OrderBy(each => each.Key).Select(each => $"{each.Value} × {each.Key}"));

    /// <param name="altered">How many altered messages to send.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task RunAsync(int altered, CancellationToken cancellationToken)
    {
        var count = altered + (altered / (UnalteredEvery - 1)) + 1;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(() => SendAsync(count, cancellationToken), cancellationToken)));
    }

    /// <summary>A message as it is, checked.</summary>
    public async Task<Answer> SendPlainAsync(Func<Draft, Shot> draw, Caller caller, CancellationToken cancellationToken)
    {
        using var connection = new Connection(target.EndPoint);
        await EnsureSessionsAsync(connection, caller, cancellationToken);
        var shot = draw(new Draft(caller, revision, int.MaxValue / 100, new Random(Seed), handles));
        return await SendAsync(connection, shot, "plain", cancellationToken);
    }

    private async Task SendAsync(int count, CancellationToken cancellationToken)
    {
        using var connection = new Connection(target.EndPoint);
        while (Interlocked.Increment(ref _next) - 1 is var index && index < count && _faults.Count < MaxFaults)
        {
            var random = new Random(unchecked((Seed * 31) + (Array.IndexOf(Revisions.All, revision) * 1_000_003) + (index * 7919)));
            var caller = target.Callers[random.Next(target.Callers.Count)];
            await EnsureSessionsAsync(connection, caller, cancellationToken);
            var shot = Corpus.Draw(new Draft(caller, revision, index, random, handles));
            if (index % UnalteredEvery != 0 && (Only ?? index) == index)
            {
                Mutator.Alter(shot, handles, random);
                Interlocked.Increment(ref _altered);
            }
            await SendAsync(connection, shot, index.ToString(CultureInfo.InvariantCulture), cancellationToken);
        }
    }

    private async Task<Answer> SendAsync(Connection connection, Shot shot, string number, CancellationToken cancellationToken)
    {
        var answer = await connection.SendAsync(shot, cancellationToken);
        _statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
        foreach (var what in AnswerCheck.Find(new Exchange(shot, answer, handles, target.Callers, target.Secrets)))
        {
            // A few of each kind are enough to see what is wrong.
            var kind = Regex.Replace(what, "[0-9a-f]*[0-9][0-9a-f]*", "#");
            _faults.TryAdd(
                $"{_kinds.AddOrUpdate(kind, 1, (_, count) => count + 1) % FaultsOfKind} {kind}",
                new Fault(what, $"=== {what}\n=== ACTORS_FUZZ_SEED={Seed} ACTORS_FUZZ_ONLY={number}, revision {revision}\n{shot}\n--- {answer}\n"));
        }
        Harvest.Take(shot, answer, handles);
        if (answer.Status == 404 && shot.Header("Mcp-Session-Id") is { } session)
            handles.Remove(Handles.Session, shot.Caller, session, revision);
        if (answer.Status == 204 && shot.Header("Mcp-Session-Id") is { } ended)
            handles.Remove(Handles.Session, shot.Caller, ended, revision);
        return answer;
    }

    private async ValueTask EnsureSessionsAsync(Connection connection, Caller caller, CancellationToken cancellationToken)
    {
        if (revision == Revisions.V20260728)
            return;
        for (var tries = 0; tries < SessionsAtLeast && handles.Count(Handles.Session, caller, revision) < SessionsAtLeast; tries++)
            await SendAsync(connection, LegacyCorpus.Initialize(new Draft(caller, revision, 0, new Random(0), handles)), "initialize", cancellationToken);
    }
}
