using Actors.Storage.Postgres;

namespace Actors.Standalone;

/// <summary>The database of this process: the one it is given, or a private PostgreSQL that stops with it.</summary>
internal sealed class LaptopDatabase : IAsyncDisposable
{
    public const string ConnectionString = "Actors:Storage:ConnectionString";

    private readonly PrivatePostgres? _server;

    private LaptopDatabase(PrivatePostgres? server) => _server = server;

    public static PrivatePostgresOptions Options(WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(StandaloneOptions.Section).Get<StandaloneOptions>() ?? new();
        return new PrivatePostgresOptions { DataFolder = Path.GetFullPath(Path.Combine(options.DataFolder, "postgres")) };
    }

    /// <summary>Must come before storage is registered, which reads the connection string.</summary>
    public static async Task<LaptopDatabase> StartAsync(WebApplicationBuilder builder)
    {
        if (!string.IsNullOrEmpty(builder.Configuration[ConnectionString]))
            return new LaptopDatabase(null);
        var options = Options(builder);
        Directory.CreateDirectory(options.DataFolder);
        using var logging = LoggerFactory.Create(log => log.AddConfiguration(builder.Configuration.GetSection("Logging")).AddSimpleConsole());
        var server = await PrivatePostgres.StartAsync(options, logging.CreateLogger<LaptopDatabase>());
        builder.Configuration.AddInMemoryCollection([new(ConnectionString, server.ConnectionString)]);
        return new LaptopDatabase(server);
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
