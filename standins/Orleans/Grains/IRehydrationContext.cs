using System.Buffers;

namespace Orleans.Runtime;

/// <summary>Declared for IGrainContext's signature; migration is not covered by the stand-in.</summary>
public interface IRehydrationContext
{
    IEnumerable<string> Keys { get; }

    bool TryGetBytes(string key, out ReadOnlySequence<byte> value);

    bool TryGetValue<T>(string key, out T? value);
}
