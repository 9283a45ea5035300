using Actors.Storage;
using Actors.Storage.FollowUps;
using Actors.Storage.Tenants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Frontend.Hosting;

/// <summary>
/// <c>Actors.Frontend webhook-secret TENANT [rotate]</c>: prints what the messages to a tenant's webhooks are signed with, for whoever receives
/// them; with <c>rotate</c> makes a new one first.
/// </summary>
internal static class WebhookSecretCommand
{
    public const string Name = "webhook-secret";

    private const string Rotate = "rotate";

    /// <summary>As Standard Webhooks writes secrets.</summary>
    private const string Prefix = "whsec_";

    public static async Task RunAsync(string[] args)
    {
        if (args is not [Name, var tenant, .. var rest] || !TenantDirectory.IsName(tenant))
            throw new InvalidOperationException(
                $"usage: Actors.Frontend {Name} TENANT [{Rotate}]. A tenant is 1 to 64 of a-z, 0-9 and the hyphen; the database is Actors:Storage:ConnectionString.");
        var isRotation = rest is [Rotate, ..];
        var builder = Host.CreateApplicationBuilder(isRotation ? rest[1..] : rest);
        builder.Logging.ClearProviders();
        builder.Services.AddActorsStorage(options => builder.Configuration.GetSection("Actors:Storage").Bind(options));
        builder.Services.AddOptions<WebhookOptions>().BindConfiguration("Actors:Webhooks").ValidateDataAnnotations();
        using var host = builder.Build();
        await host.StartAsync();
        if (!await host.Services.GetRequiredService<TenantDirectory>().ExistsAsync(tenant))
            throw new InvalidOperationException($"There is no tenant '{tenant}'.");
        var secrets = host.Services.GetRequiredService<WebhookSecrets>();
        var secret = isRotation ? await secrets.RotateAsync(tenant) : (await secrets.InForceAsync(tenant))[0];
        await Console.Out.WriteLineAsync(Prefix + Convert.ToBase64String(secret));
        await host.StopAsync();
    }
}
