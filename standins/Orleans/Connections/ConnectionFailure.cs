namespace Orleans.Connections;

/// <summary>Why a connection could not be made.</summary>
internal enum ConnectionFailure
{
    /// <summary>Nobody listens at that endpoint: the process is not there.</summary>
    Refused,

    /// <summary>Another process listens there: a later generation, or something else altogether that said so.</summary>
    SomebodyElse,

    /// <summary>No answer in time, or no way to the host.</summary>
    Unreachable,

    /// <summary>The peer and this process do not belong together: another cluster, secret or version, or no valid certificate.</summary>
    Rejected
}
