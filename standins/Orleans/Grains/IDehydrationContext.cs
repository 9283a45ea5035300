using System.Buffers;

namespace Orleans.Runtime;

/// <summary>Declared for IGrainMigrationParticipant's signature; migration is not covered by the stand-in.</summary>
public interface IDehydrationContext
{
    IEnumerable<string> Keys { get; }

    void AddBytes(string key, ReadOnlySpan<byte> value);

    void AddBytes<T>(string key, Action<T, IBufferWriter<byte>> valueWriter, T value);

    bool TryAddValue<T>(string key, T? value);
}
