namespace Orleans.Serialization.Wire;

internal delegate void MembersWriter<T>(ref WireWriter writer, ref T value);

internal delegate void MembersReader<T>(ref WireReader reader, ref T value);

/// <summary>The members of a type, level by level from its base class on, as compiled code that writes and reads them.</summary>
internal sealed class CompiledMembers<T>
{
    private readonly MembersWriter<T> _write;
    private readonly MembersReader<T> _read;

    public CompiledMembers(IReadOnlyList<SerializedLevel> levels)
    {
        var missing = new MissingMembers<T>(typeof(T), levels);
        _write = MembersEmitter.EmitWriter<T>(typeof(T), levels);
        _read = MembersEmitter.EmitReader(typeof(T), levels, missing);
    }

    public void Write(ref WireWriter writer, ref T value) => _write(ref writer, ref value);

    public void Read(ref WireReader reader, ref T value) => _read(ref reader, ref value);
}
