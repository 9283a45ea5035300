namespace Orleans.Serialization;

/// <summary>What one copy has met so far, so that shared and circular references stay so in the copy.</summary>
internal sealed class CopyScope
{
    private Dictionary<object, object>? _copies;

    public object? Find(object original) => _copies?.GetValueOrDefault(original);

    public void Remember(object original, object copy) =>
        (_copies ??= new Dictionary<object, object>(ReferenceEqualityComparer.Instance))[original] = copy;
}
