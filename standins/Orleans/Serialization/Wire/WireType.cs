namespace Orleans.Serialization.Wire;

/// <summary>How a value is written, so that a reader that does not know the member can pass over it.</summary>
internal enum WireType : byte
{
    /// <summary>A variable-length number; signed ones in zigzag.</summary>
    VarInt = 0,

    Fixed32 = 1,

    Fixed64 = 2,

    /// <summary>A count of bytes plus one, and the bytes; 0 for null.</summary>
    Bytes = 3,

    /// <summary>Members, level by level of the class hierarchy, each level closed by an End.</summary>
    Object = 4,

    /// <summary>A count, the form of the elements, and the elements.</summary>
    Collection = 5,

    /// <summary>A head byte that says null, a reference to an earlier object, or a value with what it is.</summary>
    Extended = 6,

    /// <summary>Not a value: the end of a level of members.</summary>
    End = 7
}
