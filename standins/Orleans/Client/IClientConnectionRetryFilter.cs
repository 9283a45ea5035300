namespace Orleans;

/// <summary>Decides whether a client that could not connect to its cluster at the start tries again.</summary>
public interface IClientConnectionRetryFilter
{
    Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken);
}
