namespace Orleans.Serialization.Wire;

/// <summary>A struct, member by member.</summary>
internal sealed class StructCodec<T>() : Codec<T>(WireType.Object)
    where T : struct
{
    private readonly Lazy<CompiledMembers<T>> _members = new(() => new CompiledMembers<T>(SerializedMembers.LevelsOf(typeof(T))));

    public override void Write(ref WireWriter writer, T value)
    {
        var members = _members.Value;
        writer.Enter();
        members.Write(ref writer, ref value);
        writer.Leave();
    }

    public override T Read(ref WireReader reader)
    {
        var members = _members.Value;
        reader.Enter();
        T value = default;
        members.Read(ref reader, ref value);
        reader.Leave();
        return value;
    }
}
