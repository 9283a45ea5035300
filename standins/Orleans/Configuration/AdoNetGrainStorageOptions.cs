using System.Data.Common;

namespace Orleans.Configuration;

public class AdoNetGrainStorageOptions
{
    public const string DEFAULT_ADONET_INVARIANT = "Microsoft.Data.SqlClient";
    public const int DEFAULT_INIT_STAGE = ServiceLifecycleStage.ApplicationServices;

    [Redact]
    public string? ConnectionString { get; set; }

    [Redact]
    public DbDataSource? DataSource { get; set; }

    /// <summary>The ADO.NET provider; the stand-in covers "Npgsql". Default: "Microsoft.Data.SqlClient".</summary>
    public string Invariant { get; set; } = DEFAULT_ADONET_INVARIANT;

    /// <summary>Whether clearing a state deletes its row instead of emptying it. Default: false.</summary>
    public bool DeleteStateOnClear { get; set; }

    /// <summary>The stage of the silo's lifecycle at which the storage is opened. Default: 10000, ApplicationServices.</summary>
    public int InitStage { get; set; } = DEFAULT_INIT_STAGE;
}
