using Actors.Storage;
using Actors.Storage.Tenants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Frontend.Hosting;

/// <summary>
/// <c>Actors.Frontend key TENANT SUBJECT</c>: issues an API key on the configured database, makes the tenant where there is none,
/// and prints the key, which nobody can read again.
/// </summary>
internal static class KeyCommand
{
    public const string Name = "key";

    public static async Task RunAsync(string[] args)
    {
        if (args is not [Name, var tenant, var subject, .. var settings] || !TenantDirectory.IsName(tenant))
            throw new InvalidOperationException(
                "usage: Actors.Frontend key TENANT SUBJECT. A tenant is 1 to 64 of a-z, 0-9 and the hyphen; the database is Actors:Storage:ConnectionString.");
        var builder = Host.CreateApplicationBuilder(settings);
        builder.Logging.ClearProviders();
        builder.Services.AddActorsStorage(options => builder.Configuration.GetSection("Actors:Storage").Bind(options));
        using var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<TenantDirectory>().CreateAsync(tenant);
        var key = await host.Services.GetRequiredService<ApiKeys>().IssueAsync(tenant, subject);
        await Console.Out.WriteLineAsync(key.Plaintext);
        await host.StopAsync();
    }
}
