namespace Orleans.Serialization.Wire;

/// <summary>Exceptions of all types; which one it is, is part of the value, so that an unknown one still arrives.</summary>
internal sealed class ExceptionCodec() : ReferenceCodec<Exception>(WireType.Object)
{
    public override object ReadBody(ref WireReader reader, int number) => WireExceptions.ReadMembers(ref reader);

    protected override void WriteValue(ref WireWriter writer, Exception value) => WireExceptions.WriteMembers(ref writer, value);
}
