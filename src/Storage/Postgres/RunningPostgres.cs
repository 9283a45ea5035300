using System.Globalization;
using Npgsql;

namespace Actors.Storage.Postgres;

/// <summary>Finds the private server that another process has started on a folder, for commands that are given beside it.</summary>
public static class RunningPostgres
{
    /// <summary>The line of <c>postmaster.pid</c> that holds the port.</summary>
    private const int PortLine = 3;

    /// <returns>A connection string, or null: no server works on the folder.</returns>
    public static async Task<string?> FindAsync(PrivatePostgresOptions options, CancellationToken cancellationToken = default)
    {
        try
        {
            var folder = Path.GetFullPath(options.DataFolder);
            var lines = await File.ReadAllLinesAsync(Path.Combine(folder, "cluster", "postmaster.pid"), cancellationToken);
            if (lines.Length <= PortLine || !int.TryParse(lines[PortLine], NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return null;
            var found = new NpgsqlConnectionStringBuilder
            {
                Host = "127.0.0.1",
                Port = port,
                Username = ClusterFolder.User,
                Password = await File.ReadAllTextAsync(Path.Combine(folder, "password"), cancellationToken),
                Database = options.Database,
            };
            await using var connection = new NpgsqlConnection(found.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return found.ConnectionString;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or NpgsqlException)
        {
            // It has never been started, or a process that died has left its traces.
            return null;
        }
    }
}
