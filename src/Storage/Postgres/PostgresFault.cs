using System.Net.Sockets;
using Npgsql;

namespace Actors.Storage.Postgres;

/// <summary>What a failed statement says about trying it again.</summary>
internal enum PostgresFault
{
    /// <summary>Something in the statement's values: the same values fail again.</summary>
    Data,

    /// <summary>Another transaction was in the way: nothing was stored, try again at once.</summary>
    Conflict,

    /// <summary>The server or the way to it: whether the transaction was committed is not known.</summary>
    Unavailable,

    /// <summary>The writer's lease is gone.</summary>
    LeaseLost,

    /// <summary>Anything else: a fault of this program or of the schema.</summary>
    Other,
}

internal static class PostgresFaults
{
    /// <summary>Raised by actors.require_lease.</summary>
    private const string LeaseLost = "ACT01";

    public static PostgresFault Classify(Exception exception) => exception switch
    {
        PostgresException { SqlState: LeaseLost } => PostgresFault.LeaseLost,
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => PostgresFault.Conflict,
        // 22: data exceptions, 23: constraints, 54: limits of the program.
        PostgresException { SqlState: ['2', '2' or '3', ..] or ['5', '4', ..] } => PostgresFault.Data,
        // 08: connection, 53: out of resources, 57: operator intervention (shutdown, timeout), 58: system, 25006: a standby.
        PostgresException { SqlState: ['0', '8', ..] or ['5', '3' or '7' or '8', ..] or PostgresErrorCodes.ReadOnlySqlTransaction } => PostgresFault.Unavailable,
        PostgresException => PostgresFault.Other,
        NpgsqlException or SocketException or IOException or TimeoutException => PostgresFault.Unavailable,
        _ => PostgresFault.Other,
    };
}
