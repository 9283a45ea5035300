using Npgsql;

namespace Actors.Workshop.Sql;

/// <summary>Creates the pack's tables and their rows before their first use, whichever process comes first.</summary>
internal sealed class SampleData(NpgsqlDataSource postgres)
{
    // A number of the pack's own, so that it meets no other lock of the product; the roles are made under it too.
    public const long AdvisoryLock = 0x7773_0001;

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var gate = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = AdvisoryLock } } };
        await gate.ExecuteNonQueryAsync(cancellationToken);
        using var file = new StreamReader(typeof(SampleData).Assembly.GetManifestResourceStream("SampleData.sql")!);
        await using var tables = new NpgsqlCommand(await file.ReadToEndAsync(cancellationToken), connection);
        await tables.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
