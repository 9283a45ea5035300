using Orleans.Core.Internal;

namespace Orleans.Runtime;

/// <summary>
/// Values that travel with a call to the grain and onwards from it, and never back to the caller.
/// </summary>
public static class RequestContext
{
    internal const string ReentrancyIdKey = "#CCR";

    private static readonly AsyncLocal<Dictionary<string, object>?> Ambient = new();

    public static Guid ReentrancyId
    {
        get => Get(ReentrancyIdKey) is Guid id ? id : Guid.Empty;
        set
        {
            if (value == Guid.Empty) Remove(ReentrancyIdKey);
            else Set(ReentrancyIdKey, value);
        }
    }

    public static IEnumerable<string> Keys => Ambient.Value?.Keys ?? Enumerable.Empty<string>();

    public static IEnumerable<KeyValuePair<string, object>> Entries =>
        Ambient.Value ?? Enumerable.Empty<KeyValuePair<string, object>>();

    /// <summary>The whole content; the dictionary behind it is never changed once it is set.</summary>
    internal static Dictionary<string, object>? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    public static object? Get(string key) =>
        Ambient.Value is { } values && values.TryGetValue(key, out var value) ? value : null;

    public static void Set(string key, object value)
    {
        var old = Ambient.Value;
        var values = old is null ? new Dictionary<string, object>(1) : new Dictionary<string, object>(old);
        values[key] = value;
        Ambient.Value = values;
    }

    public static bool Remove(string key)
    {
        if (Ambient.Value is not { } old || !old.ContainsKey(key)) return false;

        if (old.Count == 1)
        {
            Ambient.Value = null;
            return true;
        }

        var values = new Dictionary<string, object>(old);
        values.Remove(key);
        Ambient.Value = values;
        return true;
    }

    public static void Clear()
    {
        if (Ambient.Value is not null) Ambient.Value = null;
    }

    /// <summary>Until disposed, calls that come back to this grain along the call chain may interleave.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var original = ReentrancyId;
        return new ReentrancySection(original, original == Guid.Empty ? Guid.NewGuid() : original);
    }

    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _original;
        private readonly Guid _new;

        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            _original = originalReentrancyId;
            _new = newReentrancyId;
            if (_new != _original) ReentrancyId = _new;
            if (_new != Guid.Empty) (RuntimeContext.Current as ICallChainReentrantGrainContext)?.OnEnterReentrantSection(_new);
        }

        public readonly void Dispose()
        {
            if (_new != Guid.Empty) (RuntimeContext.Current as ICallChainReentrantGrainContext)?.OnExitReentrantSection(_new);
            if (_new != _original) ReentrancyId = _original;
        }
    }
}
