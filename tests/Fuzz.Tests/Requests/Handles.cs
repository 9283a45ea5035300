using System.Collections.Concurrent;
using Actors.Fuzz.Tests.Target;

namespace Actors.Fuzz.Tests.Requests;

/// <summary>What the server has handed out, to whom: used again by its owner, and tried by everybody else.</summary>
internal sealed class Handles
{
    private const int KeptOfEach = 40;

    private readonly ConcurrentDictionary<(string Kind, Caller Owner), List<string>> _pools = new();
    private readonly ConcurrentDictionary<string, Caller> _owners = new(StringComparer.Ordinal);

    public const string Job = "job", Session = "session", Event = "event", Cursor = "cursor", State = "requestState", Question = "question";

    public static readonly string[] Kinds = [Job, Session, Event, Cursor, State, Question];

    /// <summary>Who got it first; null: it was never handed out.</summary>
    public Caller? OwnerOf(string handle) => _owners.GetValueOrDefault(handle);

    public void Add(string kind, Caller owner, string handle, string revision = "", bool isOwned = true)
    {
        if (isOwned && _owners.GetOrAdd(handle, owner) != owner)
            return;
        var pool = _pools.GetOrAdd((kind + revision, owner), _ => []);
        lock (pool)
        {
            if (pool.Contains(handle))
                return;
            pool.Add(handle);
            if (pool.Count > KeptOfEach)
                pool.RemoveAt(0);
        }
    }

    public void Remove(string kind, Caller owner, string handle, string revision = "")
    {
        if (!_pools.TryGetValue((kind + revision, owner), out var pool))
            return;
        lock (pool)
            pool.Remove(handle);
    }

    public int Count(string kind, Caller owner, string revision = "") =>
        _pools.TryGetValue((kind + revision, owner), out var pool) ? pool.Count : 0;

    /// <summary>One of the caller's own; made up where it has none.</summary>
    public string Own(string kind, Caller owner, Random random, string revision = "")
    {
        if (_pools.TryGetValue((kind + revision, owner), out var pool))
        {
            lock (pool)
            {
                if (pool.Count > 0)
                    return pool[random.Next(pool.Count)];
            }
        }
        return new Guid(Enumerable.Range(0, 16).Select(_ => (byte)random.Next(256)).ToArray()).ToString("N");
    }

    /// <summary>One of somebody else's.</summary>
    public string Foreign(string kind, Caller caller, Random random)
    {
        var pools = _pools.Where(pool => pool.Key.Kind.StartsWith(kind, StringComparison.Ordinal) && pool.Key.Owner != caller && pool.Value.Count > 0)
            .OrderBy(pool => pool.Key.Kind + pool.Key.Owner.Subject, StringComparer.Ordinal).Select(pool => pool.Value).ToArray();
        if (pools.Length == 0)
            return Own(kind, caller, random);
        var one = pools[random.Next(pools.Length)];
        lock (one)
            return one.Count > 0 ? one[random.Next(one.Count)] : "none";
    }
}
