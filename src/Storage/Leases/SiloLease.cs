using Npgsql;
using NpgsqlTypes;

namespace Actors.Storage.Leases;

/// <summary>
/// This silo's lease: the row in <c>silos</c> that every write of a job is checked against. One epoch at a time is
/// <see cref="Current"/>; acquiring again, after a loss or as a successor of the same name, makes a new one and fences
/// off all that came before. Its statements block, so that they do not depend on the thread pool.
/// </summary>
/// <remarks>
/// Renewals are committed like everything else, synchronously. Were they not, a crash of PostgreSQL could take back the last of them:
/// the lease would then end, for the others, where the renewal before it said, and that may be further back than the stop margin
/// after a renewal that came late. A lease costs one flush a second, which it shares with the commits of the time.
/// </remarks>
public sealed class SiloLease : IDisposable
{
    // FOR UPDATE waits for transactions that write under the old epoch; they hold the row FOR KEY SHARE.
    private const string TakeRow =
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

    private const string ExtendRow =
        """
        UPDATE actors.silos SET expires_at = clock_timestamp() + $3
        WHERE name = $1 AND epoch = $2 AND expires_at > clock_timestamp()
        RETURNING epoch
        """;

    private const string EndRow =
        "UPDATE actors.silos SET expires_at = clock_timestamp() WHERE name = $1 AND epoch = $2 AND expires_at > clock_timestamp()";

    private readonly LeaseConnection _connection;
    private readonly LeaseOptions _options;
    private readonly TimeProvider _time;
    private HeldLease? _current;

    // The epoch of the next lease is known before it is taken, so that one whose answer was lost is known as this silo's own.
    private long _nextEpoch;
    private long _triedAt;

    public SiloLease(NpgsqlDataSource dataSource, string silo, LeaseOptions options, TimeProvider time)
    {
        _connection = new LeaseConnection(dataSource);
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
    public HeldLease Acquire() => Acquire(unlessReplaced: null)!;

    /// <summary>
    /// Takes a lease that lapsed once more, with a new epoch. Null: another process has taken the name since, and this one
    /// has to go; two that took it from each other in turn would both get nothing done.
    /// </summary>
    public HeldLease? AcquireAgain() => Acquire(Current.Epoch);

    /// <summary>Renews the current epoch. False: it is lost, and <see cref="HeldLease.Lost"/> is cancelled.</summary>
    public bool Renew()
    {
        Volatile.Write(ref _triedAt, _time.GetTimestamp());
        var held = Current;
        if (held.IsHeld)
        {
            var sent = LeaseMoment.Now(_time);
            if (_connection.Execute(ExtendRow, Text(Silo), Number(held.Epoch), HowLong()) is not null) held.Renewed(sent);
            else held.Lose();
        }
        else
        {
            // Its timer may be late.
            held.Lose();
        }

        return held.IsHeld;
    }

    /// <summary>Gives the lease up, so that others need not wait for it to lapse.</summary>
    public void Release()
    {
        var held = Current;
        held.Lose();
        _connection.Execute(EndRow, Text(Silo), Number(held.Epoch));
    }

    public void Dispose()
    {
        _current?.Dispose();
        _connection.Dispose();
    }

    private HeldLease? Acquire(long? unlessReplaced)
    {
        var sent = LeaseMoment.Now(_time);
        Volatile.Write(ref _triedAt, sent.Timestamp);
        var answer = _connection.Execute(TakeRow, Text(Silo), HowLong(), Number(unlessReplaced), Number(unlessReplaced is null ? null : _nextEpoch));
        if (answer is not long[] epochs) return null;

        _nextEpoch = epochs[1];
        var next = new HeldLease(Silo, epochs[0], sent, _options, _time);
        // The old one is not disposed: its work may still be looking at its token.
        Interlocked.Exchange(ref _current, next)?.Lose();
        return next;
    }

    private static NpgsqlParameter Text(string value) => new() { Value = value };

    private static NpgsqlParameter Number(long? value) => new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint };

    private NpgsqlParameter HowLong() => new() { Value = _options.Duration };
}
