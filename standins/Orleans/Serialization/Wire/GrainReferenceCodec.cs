using Orleans.Runtime;

namespace Orleans.Serialization.Wire;

/// <summary>A reference to a grain, or the grain itself, which arrives as a reference that can be called.</summary>
internal sealed class GrainReferenceCodec() : ReferenceCodec<GrainReference>(WireType.Object)
{
    private const int GrainMember = 0;
    private const int InterfaceMember = 1;
    private const ulong KnownMembers = 2;

    public override object ReadBody(ref WireReader reader, int number)
    {
        GrainId grain = default;
        GrainInterfaceType interfaceType = default;
        for (var id = reader.NextMember(); id != -1; id = reader.NextMember())
        {
            if (id == GrainMember && reader.MemberType == WireType.Bytes) grain = reader.ReadGrainId();
            else if (id == InterfaceMember && reader.MemberType == WireType.Bytes) interfaceType = reader.ReadGrainInterfaceType();
            else reader.SkipMember();
        }

        if (!reader.IsLastLevel) reader.SkipLevels();
        if (reader.References is not { } references) throw new SerializerException("The message holds a grain reference, and there is nobody to make it callable.");
        if (grain.IsDefault) throw WireReader.Corrupt("a grain reference has no grain");

        var type = TypeNames.FindGrainInterface(interfaceType.Value.AsSpan())
            ?? throw new SerializerException($"The message holds a reference to a grain by the interface \"{interfaceType}\", which is unknown here.");
        return references.Create(type, grain);
    }

    public override void WriteBody(ref WireWriter writer, object value) =>
        WriteValue(ref writer, value is IGrainBase grain ? grain.GrainContext.GrainReference : (GrainReference)value);

    protected override void WriteValue(ref WireWriter writer, GrainReference value)
    {
        writer.WriteMember(GrainMember, WireType.Bytes);
        writer.WriteGrainId(value.GrainId);
        writer.WriteMember(InterfaceMember, WireType.Bytes);
        writer.WriteGrainInterfaceType(value.InterfaceType);
        writer.WriteEnd(KnownMembers, isLastLevel: true);
    }
}
