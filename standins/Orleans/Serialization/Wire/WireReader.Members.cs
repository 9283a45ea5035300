namespace Orleans.Serialization.Wire;

/// <summary>Members of an object, and the passing over of what this side does not know.</summary>
internal ref partial struct WireReader
{
    private const int WireTypeBits = 3;
    private const int WireTypeMask = 7;

    /// <summary>The id of the next member, or -1 at the end of the level.</summary>
    public int NextMember()
    {
        var header = ReadVarUInt();
        MemberType = (WireType)(header & WireTypeMask);
        var id = header >> WireTypeBits;
        if (MemberType == WireType.End)
        {
            IsLastLevel = (id & 1) != 0;
            KnownMembers = id >> 1;
            return -1;
        }

        return id < uint.MaxValue ? unchecked((int)id) : throw Corrupt("a member's number is out of range");
    }

    public void SkipMember() => Skip(MemberType);

    public void SkipLevel()
    {
        while (NextMember() != -1) Skip(MemberType);
    }

    public void SkipLevels()
    {
        do
        {
            SkipLevel();
        }
        while (!IsLastLevel);
    }

    public void Skip(WireType type)
    {
        switch (type)
        {
            case WireType.VarInt:
                ReadVarUInt();
                break;
            case WireType.Fixed32:
                SkipBytes(sizeof(uint));
                break;
            case WireType.Fixed64:
                SkipBytes(sizeof(ulong));
                break;
            case WireType.Bytes:
                SkipBytes(Math.Max(ReadLength(), 0));
                break;
            case WireType.Object:
                Enter();
                SkipLevels();
                Leave();
                break;
            case WireType.Collection:
                SkipCollection();
                break;
            case WireType.Extended:
                SkipExtended();
                break;
            default:
                throw Corrupt("a value has no form");
        }
    }

    private void SkipCollection()
    {
        Enter();
        var count = ReadCount();
        var form = new CollectionForm(ReadByte());
        if (form.HasComparer) ReadByte();
        for (var i = 0; i < count; i++)
        {
            Skip(form.Element);
            if (form.IsPairs) Skip(form.Value);
        }

        Leave();
    }

    private void SkipExtended()
    {
        var position = Position;
        var head = ReadByte();
        switch (WireHead.KindOf(head))
        {
            case WireHead.Null:
                return;
            case WireHead.Reference:
                ReadVarUInt();
                return;
            case WireHead.Value:
                Enter();
                if ((head & WireHead.Remembered) != 0) Objects.RememberSkipped(position);
                if ((head & WireHead.Typed) != 0) SkipType();
                Skip(BodyOf(head));
                Leave();
                return;
            default:
                throw Corrupt("a value is neither null, a reference nor an object");
        }
    }
}
