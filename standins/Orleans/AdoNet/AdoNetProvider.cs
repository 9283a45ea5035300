using System.Data.Common;
using System.Reflection;
using Orleans.Runtime;

namespace Orleans.AdoNet;

/// <summary>Finds a database's provider by its invariant name, without a reference to its package.</summary>
internal static class AdoNetProvider
{
    private const string PostgreSql = "Npgsql";

    /// <summary>The options' own data source, or one made from the provider and the connection string.</summary>
    public static DbDataSource Open(string invariant, string? connectionString, DbDataSource? dataSource)
    {
        if (invariant != PostgreSql)
            throw new NotSupportedException(
                $"The Orleans stand-in covers ADO.NET on PostgreSQL only (Invariant \"{PostgreSql}\"), not \"{invariant}\"; build with -p:OrleansPackages=true.");
        if (dataSource is not null) return dataSource;
        if (string.IsNullOrWhiteSpace(connectionString))
            throw new OrleansConfigurationException("Neither ConnectionString nor DataSource of the ADO.NET options is set.");

        return Factory(invariant).CreateDataSource(connectionString);
    }

    private static DbProviderFactory Factory(string invariant)
    {
        if (DbProviderFactories.TryGetFactory(invariant, out var registered)) return registered;

        try
        {
            var type = Assembly.Load(new AssemblyName(PostgreSql)).GetType("Npgsql.NpgsqlFactory", throwOnError: true)!;
            return (DbProviderFactory)type.GetField("Instance", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        }
        catch (FileNotFoundException exception)
        {
            throw new OrleansConfigurationException(
                $"The ADO.NET provider \"{invariant}\" is not there: the application must reference its package.", exception);
        }
    }
}
