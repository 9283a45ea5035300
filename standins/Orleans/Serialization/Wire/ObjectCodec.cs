using System.Runtime.CompilerServices;

namespace Orleans.Serialization.Wire;

/// <summary>A class, member by member, made without its constructor as DeepCopy makes it.</summary>
internal sealed class ObjectCodec<T>() : ReferenceCodec<T>(WireType.Object)
    where T : class
{
    private readonly Lazy<CompiledMembers<T>> _members = new(() => new CompiledMembers<T>(SerializedMembers.LevelsOf(typeof(T))));

    // Immutable objects that can hold no object of their own type need no numbers: nobody sees that two became of one.
    public override bool IsRemembered { get; } = !ImmutableTypes.ContainsExactly(typeof(T)) || TypeGraph.MayContainItself(typeof(T));

    protected override void WriteValue(ref WireWriter writer, T value)
    {
        var members = _members.Value;
        writer.Enter();
        members.Write(ref writer, ref value);
        writer.Leave();
    }

    public override object ReadBody(ref WireReader reader, int number)
    {
        var members = _members.Value;
        reader.Enter();
        var value = (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
        reader.SetRemembered(number, value);
        members.Read(ref reader, ref value);
        reader.Leave();
        return value;
    }
}
