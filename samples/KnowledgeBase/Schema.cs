using Npgsql;

namespace Actors.KnowledgeBase;

/// <summary>Creates the pack's tables before their first use, once per process, whichever process comes first.</summary>
internal sealed class Schema(NpgsqlDataSource postgres) : IDisposable
{
    // "kb" and a number of its own, so that it meets no other lock of the product.
    private const long AdvisoryLock = 0x6b62_0001;

    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _ready;

    public void Dispose() => _gate.Dispose();

    public async ValueTask EnsureAsync(CancellationToken cancellationToken)
    {
        if (_ready)
            return;

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_ready)
                await ApplyAsync(cancellationToken);
            _ready = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var gate = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = AdvisoryLock } } };
        await gate.ExecuteNonQueryAsync(cancellationToken);
        await using var tables = new NpgsqlCommand(await ReadAsync(cancellationToken), connection);
        await tables.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        var assembly = typeof(Schema).Assembly;
        var name = assembly.GetManifestResourceNames().Single(n => n.EndsWith("Schema.sql", StringComparison.Ordinal));
        await using var stream = assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
