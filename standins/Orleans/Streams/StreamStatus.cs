namespace Orleans.Streams;

internal enum StreamStatus
{
    /// <summary>There may be more elements; none at all is a heartbeat.</summary>
    More,

    /// <summary>These were the last elements.</summary>
    Completed,

    /// <summary>The activation does not know the enumeration.</summary>
    Unknown
}
