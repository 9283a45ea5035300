using System.Data.Common;

namespace Orleans.Configuration;

public class AdoNetClusteringSiloOptions
{
    [Redact]
    public string? ConnectionString { get; set; }

    [Redact]
    public DbDataSource? DataSource { get; set; }

    /// <summary>The ADO.NET provider, such as "Npgsql".</summary>
    public string Invariant { get; set; } = null!;
}
