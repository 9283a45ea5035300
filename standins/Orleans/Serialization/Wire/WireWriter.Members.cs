namespace Orleans.Serialization.Wire;

internal ref partial struct WireWriter
{
    private const int WireTypeBits = 3;

    public void WriteMember(uint id, WireType type) => WriteVarUInt(((ulong)id << WireTypeBits) | (byte)type);

    /// <summary>Closes one level of members; the writer knows all members below the id, the absent ones as defaults.</summary>
    public void WriteEnd(ulong knownMembers, bool isLastLevel) =>
        WriteVarUInt((((knownMembers << 1) | (isLastLevel ? 1UL : 0)) << WireTypeBits) | (byte)WireType.End);
}
