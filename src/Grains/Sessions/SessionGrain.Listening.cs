using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Actors.Grains.Jobs;
using Actors.Sessions;
using Actors.Storage.Sessions;
using Actors.Tenants;

namespace Actors.Grains.Sessions;

/// <summary>What the session's own stream has to carry.</summary>
internal sealed partial class SessionGrain
{
    private readonly LatestValue<SessionNews> _news = new();
    private readonly Dictionary<string, int> _claims = new(StringComparer.Ordinal);
    private CancellationTokenSource? _reader;

    public async Task FollowAsync(Principal caller, string job, bool isWanted, CancellationToken cancellationToken = default)
    {
        if (Find(caller) is not { } row || row.Tasks.Contains(job) == isWanted)
            return;
        var tasks = isWanted ? row.Tasks.Add(job) : row.Tasks.Remove(job);
        await StoreAsync(row with { Tasks = tasks.Length > Limits.MaxFollowedTasks ? tasks.RemoveAt(0) : tasks });
    }

    public async IAsyncEnumerable<SessionNews> ListenAsync(
        Principal caller, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Find(caller) is null)
            yield break;
        if (_reader is { } former)
            await former.CancelAsync();
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _reader = mine;
        try
        {
            await using var news = _news.WatchAsync(static _ => false, mine.Token).GetAsyncEnumerator(mine.Token);
            while (await IsMoreAsync(news, cancellationToken))
            {
                // A stream that is read is a session that is in use.
                _lastSeen = time.GetUtcNow();
                yield return news.Current;
            }
        }
        finally
        {
            if (_reader == mine)
                _reader = null;
        }
    }

    public async IAsyncEnumerable<bool> ClaimQuestionsAsync(
        Principal caller, string job, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Find(caller) is null)
            yield break;
        Claim(job, 1);
        try
        {
            yield return true;
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
        finally
        {
            Claim(job, -1);
        }
    }

    // False also when a later reader has taken its place.
    private static async ValueTask<bool> IsMoreAsync(IAsyncEnumerator<SessionNews> news, CancellationToken cancellationToken)
    {
        try
        {
            return await news.MoveNextAsync();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Claim(string job, int change)
    {
        var claims = _claims[job] = _claims.GetValueOrDefault(job) + change;
        if (claims == 0)
            _claims.Remove(job);
        if (state.State.Row is { } row)
            PublishNews(row);
    }

    private void PublishNews(SessionRow row) => _news.Publish(new SessionNews
    {
        Subscriptions = row.Subscriptions,
        Tasks = row.Tasks,
        Claimed = [.. _claims.Keys],
    });
}
