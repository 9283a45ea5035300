namespace Orleans.Messaging;

/// <summary>How much may be under way on one connection.</summary>
internal sealed class LinkOptions
{
    /// <summary>How many calls may wait for their answers; further ones fail at once. Default: 100,000.</summary>
    public int MaxPendingCalls { get; set; } = 100_000;

    /// <summary>How many answers may wait for room; with more, the connection is closed. Default: 10,000.</summary>
    public int MaxWaitingReplies { get; set; } = 10_000;
}
