namespace Orleans.Messaging;

[Flags]
internal enum RequestFlags : byte
{
    None = 0,

    /// <summary>Nobody waits for an answer.</summary>
    OneWay = 1,

    /// <summary>The sender looked the grain up and it is active nowhere: the receiver is to activate it.</summary>
    Placed = 2,

    /// <summary>The caller's token may be cancelled later.</summary>
    Cancellable = 4,

    HasSender = 8,

    HasHint = 16,

    HasContext = 32
}
