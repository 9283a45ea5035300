namespace Orleans.Serialization.Wire;

/// <summary>Which objects and type names one message has had so far, in order of their numbers.</summary>
internal sealed class WrittenObjects
{
    private const int ScannedCount = 16;
    private const int MaxKept = 1024;

    [ThreadStatic]
    private static WrittenObjects? s_spare;

    private readonly List<object> _objects = [];
    private readonly List<Codec> _types = [];
    private Dictionary<object, int>? _index;

    public static WrittenObjects Rent()
    {
        var rented = s_spare ?? new WrittenObjects();
        s_spare = null;
        return rented;
    }

    public void Return()
    {
        // What one large message needed is not kept for the small ones.
        if (_objects.Capacity > MaxKept) return;

        _objects.Clear();
        _types.Clear();
        _index = null;
        s_spare = this;
    }

    /// <summary>The number of an object met before, or -1, after giving it the next number.</summary>
    public int FindOrAdd(object value)
    {
        if (_index is { } index)
        {
            if (index.TryGetValue(value, out var known)) return known;

            index.Add(value, _objects.Count);
            _objects.Add(value);
            return -1;
        }

        for (var i = 0; i < _objects.Count; i++)
            if (ReferenceEquals(_objects[i], value)) return i;
        _objects.Add(value);
        if (_objects.Count > ScannedCount) StartIndex();
        return -1;
    }

    public int FindOrAddType(Codec codec)
    {
        var known = _types.IndexOf(codec);
        if (known < 0) _types.Add(codec);
        return known;
    }

    private void StartIndex()
    {
        _index = new Dictionary<object, int>(_objects.Count * 2, ReferenceEqualityComparer.Instance);
        for (var i = 0; i < _objects.Count; i++) _index.Add(_objects[i], i);
    }
}
