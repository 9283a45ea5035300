using Actors.Storage.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Storage.Leases;

/// <summary>
/// This silo's lease: the row in <c>silos</c> that every write of a job is checked against. One epoch at a time is
/// <see cref="Current"/>; acquiring again, after a loss or as a successor of the same name, makes a new one and fences
/// off all that came before.
/// </summary>
public sealed class SiloLease : IDisposable
{
    // FOR UPDATE waits for transactions that write under the old epoch; they hold the row FOR KEY SHARE.
    private const string Acquire =
        """
        WITH earlier AS MATERIALIZED (SELECT name FROM actors.silos WHERE name = $1 FOR UPDATE),
             looked AS MATERIALIZED (SELECT count(*) FROM earlier)
        INSERT INTO actors.silos (name, epoch, started_at, expires_at)
        SELECT $1, coalesce($4, nextval('actors.silo_epochs')), clock_timestamp(), clock_timestamp() + $2 FROM looked
        ON CONFLICT (name) DO UPDATE
        SET epoch = excluded.epoch, started_at = excluded.started_at, expires_at = excluded.expires_at,
            address = NULL, catalogue = NULL, draining = false
        WHERE $3::bigint IS NULL OR silos.epoch IN ($3, $4)
        RETURNING ARRAY[epoch, nextval('actors.silo_epochs')]
        """;

    private const string Renew =
        """
        UPDATE actors.silos SET expires_at = clock_timestamp() + $3
        WHERE name = $1 AND epoch = $2 AND expires_at > clock_timestamp()
        RETURNING epoch
        """;

    private const string Release =
        "UPDATE actors.silos SET expires_at = clock_timestamp() WHERE name = $1 AND epoch = $2 AND expires_at > clock_timestamp()";

    // Its own: a lease must not be lost because others use up the pool.
    private readonly BatchConnection _connection;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly LeaseOptions _options;
    private readonly TimeProvider _time;
    private HeldLease? _current;

    // The epoch of the next lease is known before it is taken, so that one whose answer was lost is known as this silo's own.
    private long _nextEpoch;
    private long _triedAt;

    public SiloLease(NpgsqlDataSource dataSource, string silo, LeaseOptions options, TimeProvider time)
    {
        _connection = new BatchConnection(dataSource);
        Silo = silo;
        _options = options;
        _time = time;
    }

    /// <summary>The silo's name, as it stands in the rows of its jobs.</summary>
    public string Silo { get; }

    /// <summary>How long a lease lasts without renewal.</summary>
    public TimeSpan Duration => _options.Duration;

    /// <summary>The epoch last acquired, held or lost.</summary>
    /// <exception cref="InvalidOperationException">None was acquired yet: the silo has not started.</exception>
    public HeldLease Current => Volatile.Read(ref _current) ?? throw new InvalidOperationException("The silo has no lease before it has started.");

    internal HeldLease? CurrentOrNone => Volatile.Read(ref _current);

    public long Epoch => Current.Epoch;

    /// <summary>How long ago it was last asked for or renewed, with or without success; zero before the first time. It grows where the renewal is stuck.</summary>
    public TimeSpan SinceLastTry => Volatile.Read(ref _triedAt) is not 0 and var triedAt ? _time.GetElapsedTime(triedAt) : TimeSpan.Zero;

    public bool IsHeld => Volatile.Read(ref _current)?.IsHeld ?? false;

    public CancellationToken Lost => Current.Lost;

    /// <summary>Takes the lease with a new epoch. An earlier epoch of this name, whoever has it, is void when this returns.</summary>
    public async Task<HeldLease> AcquireAsync(CancellationToken cancellationToken = default) =>
        (await AcquireAsync(unlessReplaced: null, cancellationToken))!;

    /// <summary>
    /// Takes a lease that lapsed once more, with a new epoch. Null: another process has taken the name since, and this one
    /// has to go; two that took it from each other in turn would both get nothing done.
    /// </summary>
    public Task<HeldLease?> AcquireAgainAsync(CancellationToken cancellationToken = default) => AcquireAsync(Current.Epoch, cancellationToken);

    /// <summary>Renews the current epoch. False: it is lost, and <see cref="HeldLease.Lost"/> is cancelled.</summary>
    public async Task<bool> RenewAsync(CancellationToken cancellationToken = default)
    {
        Volatile.Write(ref _triedAt, _time.GetTimestamp());
        var held = Current;
        if (!held.IsHeld) return false;

        var sentAt = _time.GetTimestamp();
        if (await ExecuteAsync(Renew, [Text(Silo), Number(held.Epoch), HowLong()], cancellationToken) is not null) held.Renewed(sentAt);
        else held.Lose();
        return held.IsHeld;
    }

    /// <summary>Gives the lease up, so that others need not wait for it to lapse.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken = default)
    {
        var held = Current;
        held.Lose();
        await ExecuteAsync(Release, [Text(Silo), Number(held.Epoch)], cancellationToken);
    }

    public void Dispose()
    {
        _current?.Dispose();
        _connection.Dispose();
        _oneAtATime.Dispose();
    }

    private async Task<HeldLease?> AcquireAsync(long? unlessReplaced, CancellationToken cancellationToken)
    {
        var sentAt = _time.GetTimestamp();
        Volatile.Write(ref _triedAt, sentAt);
        var answer = await ExecuteAsync(Acquire, [Text(Silo), HowLong(), Number(unlessReplaced), Number(unlessReplaced is null ? null : _nextEpoch)], cancellationToken);
        if (answer is not long[] epochs) return null;

        _nextEpoch = epochs[1];
        var next = new HeldLease(Silo, epochs[0], sentAt, _options, _time);
        // The old one is not disposed: its work may still be looking at its token.
        Interlocked.Exchange(ref _current, next)?.Lose();
        return next;
    }

    private async Task<object?> ExecuteAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var waited = _connection.IsOpen;
            try
            {
                return await SendAsync(sql, parameters, cancellationToken);
            }
            catch (NpgsqlException exception) when (waited && PostgresFaults.Classify(exception) is PostgresFault.Unavailable)
            {
                // The connection broke, perhaps while it lay idle and long ago. Each of the statements may be said twice.
                return await SendAsync(sql, parameters, cancellationToken);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task<object?> SendAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = new NpgsqlCommand(sql, await _connection.OpenAsync(cancellationToken));
            command.Parameters.AddRange(parameters.Select(parameter => parameter.Clone()).ToArray());
            return await command.ExecuteScalarAsync(cancellationToken);
        }
        catch
        {
            await _connection.DropAsync();
            throw;
        }
    }

    private static NpgsqlParameter Text(string value) => new() { Value = value };

    private static NpgsqlParameter Number(long? value) => new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint };

    private NpgsqlParameter HowLong() => new() { Value = _options.Duration };
}
