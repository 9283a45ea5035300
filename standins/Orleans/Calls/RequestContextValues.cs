using Orleans.Runtime;
using Orleans.Serialization;

namespace Orleans.Calls;

/// <summary>The RequestContext as it travels: a snapshot, with copies of the values that could change.</summary>
internal static class RequestContextValues
{
    public static Dictionary<string, object>? Export()
    {
        var values = RequestContext.Current;
        if (values is null || values.Count == 0) return null;

        Dictionary<string, object>? copy = null;
        foreach (var (key, value) in values)
        {
            if (DeepCopy.IsImmutableValue(value)) continue;
            copy ??= new Dictionary<string, object>(values);
            copy[key] = DeepCopy.Copy<object>(value);
        }

        return copy ?? values;
    }
}
