namespace Orleans.Serialization.Wire;

/// <summary>
/// Which objects and type names one message has had so far, in order of their numbers. What was passed over is kept
/// as its position, so that it can be read after all when a known member refers to it.
/// </summary>
internal sealed class ReadObjects
{
    private readonly List<object?> _objects = [];
    private readonly List<object> _types = [];

    /// <summary>The number that the next remembered object takes; lower than the count while a skipped one is read.</summary>
    public int NextObject { get; set; }

    public int NextType { get; set; }

    /// <summary>Takes the next number; the object behind it is known already when it was read out of order.</summary>
    public int Remember(out object? known)
    {
        var number = NextObject++;
        if (number == _objects.Count) _objects.Add(null);
        known = _objects[number] is SkippedObject ? null : _objects[number];
        return number;
    }

    public void RememberSkipped(long position)
    {
        var number = Remember(out var known);
        if (known is null) _objects[number] = new SkippedObject(position, NextType);
    }

    public void Set(int number, object value) => _objects[number] = value;

    public object? Find(ulong number) => number < (ulong)NextObject ? _objects[(int)number] : null;

    /// <summary>A codec, or the bytes of a name that nobody has needed yet.</summary>
    public void AddType(object type)
    {
        if (NextType == _types.Count) _types.Add(type);
        else _types[NextType] = type;
        NextType++;
    }

    public object? FindType(ulong number) => number < (ulong)NextType ? _types[(int)number] : null;

    public void SetType(int number, Codec codec) => _types[number] = codec;
}
