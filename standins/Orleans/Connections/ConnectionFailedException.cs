namespace Orleans.Connections;

/// <summary>No connection to a peer.</summary>
internal sealed class ConnectionFailedException(ConnectionFailure failure, string message, Exception? innerException = null)
    : IOException(message, innerException)
{
    public ConnectionFailure Failure { get; } = failure;

    /// <summary>The process that was meant is certainly not there.</summary>
    public bool IsGone => Failure is ConnectionFailure.Refused or ConnectionFailure.SomebodyElse;
}
