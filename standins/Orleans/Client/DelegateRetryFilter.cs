namespace Orleans.Client;

internal sealed class DelegateRetryFilter(Func<Exception, CancellationToken, Task<bool>> shouldRetry) : IClientConnectionRetryFilter
{
    public Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken) =>
        shouldRetry(exception, cancellationToken);
}
