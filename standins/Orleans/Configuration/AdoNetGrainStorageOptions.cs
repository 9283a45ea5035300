using System.Data.Common;

namespace Orleans.Configuration;

public class AdoNetGrainStorageOptions
{
    public const string DEFAULT_ADONET_INVARIANT = "Microsoft.Data.SqlClient";

    [Redact]
    public string? ConnectionString { get; set; }

    [Redact]
    public DbDataSource? DataSource { get; set; }

    /// <summary>The ADO.NET provider, such as "Npgsql". Default: "Microsoft.Data.SqlClient".</summary>
    public string Invariant { get; set; } = DEFAULT_ADONET_INVARIANT;
}
