using Actors.Storage.Jobs;
using Actors.Storage.Leases;
using Actors.Storage.Tenants;

namespace Actors.Storage;

/// <summary>How this process uses its PostgreSQL database.</summary>
public sealed class StorageOptions
{
    /// <summary>The database. Required.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The most connections this process opens, the writers' own included; a silo has one more for its lease. Default: 30.</summary>
    public int MaxConnections { get; set; } = 30;

    /// <summary>How long a statement may take. Default: 30 s.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether this process brings the schema up to date as it starts. Default: true.</summary>
    public bool MigrateAtStart { get; set; } = true;

    public JobStorageOptions Jobs { get; } = new();

    public JournalOptions Journal { get; } = new();

    public LeaseOptions Lease { get; } = new();

    public ApiKeyOptions ApiKeys { get; } = new();

    internal IEnumerable<string> Errors()
    {
        if (ConnectionString.Length == 0) yield return "ConnectionString is missing.";
        if (MaxConnections < Jobs.WriterConnections + Jobs.ReaderConnections + 2)
            yield return "MaxConnections must leave two beside Jobs.WriterConnections and Jobs.ReaderConnections.";
        if (CommandTimeout < TimeSpan.FromSeconds(1)) yield return "CommandTimeout must be at least a second.";
        foreach (var error in Jobs.Errors().Concat(Journal.Errors()).Concat(Lease.Errors()).Concat(ApiKeys.Errors())) yield return error;
    }
}
