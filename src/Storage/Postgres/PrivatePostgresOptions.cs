namespace Actors.Storage.Postgres;

/// <summary>Where and how a private PostgreSQL server runs.</summary>
public sealed class PrivatePostgresOptions
{
    /// <summary>The folder that holds the cluster, its password and its log; created when missing, reused when not.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The folder of the server's programs. Default: null, the newest under /usr/lib/postgresql, then on PATH.</summary>
    public string? BinFolder { get; init; }

    /// <summary>The database to create and connect to. Default: actors.</summary>
    public string Database { get; init; } = "actors";

    /// <summary>The port on loopback. Default: null, any that is free at each start.</summary>
    public int? Port { get; init; }

    /// <summary>The most connections the server takes. Default: 120.</summary>
    public int MaxConnections { get; init; } = 120;

    /// <summary>The server's own cache, in MiB. Default: 128.</summary>
    public int SharedBuffersMiB { get; init; } = 128;

    /// <summary>How long a start may take, the recovery after a crash included. Default: 60 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a stop may take before it is left to itself. Default: 30 s.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
