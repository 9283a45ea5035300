namespace Orleans.Messaging;

/// <summary>The first byte of a message. The numbers are on the wire.</summary>
internal enum MessageKind : byte
{
    /// <summary>A grain call.</summary>
    Request = 1,

    /// <summary>The answer to a call or a probe.</summary>
    Reply = 2,

    /// <summary>The caller no longer wants the call with this number.</summary>
    Cancel = 3,

    /// <summary>Asks for a sign of life.</summary>
    Probe = 4,

    /// <summary>The version of the membership table that the sender knows.</summary>
    Gossip = 5,

    /// <summary>A gateway tells its clients that it takes no new work.</summary>
    Leaving = 6,

    /// <summary>A silo that is about to close the connection asks to be sent nothing more; the answer is the last it hears.</summary>
    Goodbye = 7
}
