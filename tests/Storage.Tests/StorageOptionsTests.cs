using Actors.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace Actors.Storage.Tests;

public sealed class StorageOptionsTests(PostgresServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, Action<StorageOptions>> Mistakes => new()
    {
        { "ConnectionString", options => options.ConnectionString = "" },
        { "MaxConnections", options => options.MaxConnections = 4 },
        { "CommandTimeout", options => options.CommandTimeout = TimeSpan.Zero },
        { "WriterConnections", options => options.Jobs.WriterConnections = 0 },
        { "ReaderConnections", options => options.Jobs.ReaderConnections = 0 },
        { "BatchRows", options => options.Jobs.BatchRows = 5000 },
        { "BatchBytes", options => options.Jobs.BatchBytes = 0 },
        { "QueueLimit", options => options.Jobs.QueueLimit = 255 },
        { "UnavailableAfter", options => options.Jobs.UnavailableAfter = TimeSpan.Zero },
        { "MaxSearchedJobs", options => options.Jobs.MaxSearchedJobs = 0 },
        { "Lease.Duration", options => options.Lease.Duration = options.Lease.RenewEvery + options.Lease.StopMargin },
        { "FlushEvery", options => options.Journal.FlushEvery = TimeSpan.Zero },
        { "MaxEntriesPerJob", options => options.Journal.MaxEntriesPerJob = 3 },
        { "CacheFor", options => options.ApiKeys.CacheFor = TimeSpan.FromTicks(-1) },
        { "CacheLimit", options => options.ApiKeys.CacheLimit = 0 },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public async Task A_process_with_an_impossible_option_does_not_start_and_says_which(string option, Action<StorageOptions> mistake)
    {
        using var host = NewHost(options =>
        {
            options.ConnectionString = "Host=127.0.0.1";
            mistake(options);
        });

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancellation));

        Assert.Contains(option, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_brings_the_schema_up_to_date_before_the_parts_registered_after_it_start()
    {
        var connectionString = await server.CreateDatabaseAsync(withSchema: false, Cancellation);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddActorsStorage(options => options.ConnectionString = connectionString);
        builder.Services.AddHostedService<UsesTheSchema>();
        using var host = builder.Build();

        await host.StartAsync(Cancellation);

        Assert.True(host.Services.GetServices<IHostedService>().OfType<UsesTheSchema>().Single().Created);
        await host.StopAsync(Cancellation);
    }

    private static IHost NewHost(Action<StorageOptions> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddActorsStorage(configure);
        return builder.Build();
    }

    private sealed class UsesTheSchema(Actors.Storage.Tenants.TenantDirectory tenants) : IHostedService
    {
        public bool Created { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken) => Created = await tenants.CreateAsync("first", cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
