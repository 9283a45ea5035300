namespace Orleans.Calls;

/// <summary>Which class of calls a message is made into, beside the method that it names. The numbers are on the wire.</summary>
internal enum CallKind : byte
{
    /// <summary>The method itself.</summary>
    Method = 0,

    /// <summary>The next elements of an enumeration that the method returns.</summary>
    StreamPoll = 1,

    /// <summary>The end of such an enumeration.</summary>
    StreamClose = 2
}
