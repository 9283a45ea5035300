using Actors.Storage.FollowUps;
using Actors.Storage.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Frontend.Hosting;

/// <summary>
/// <c>webhook-secret --tenant T [--rotate]</c>: prints what the messages to a tenant's webhooks are signed with, for whoever receives them; with
/// <c>--rotate</c> makes a new one first.
/// </summary>
internal static class WebhookSecretCommand
{
    public const string Name = "webhook-secret";

    /// <summary>As Standard Webhooks writes secrets.</summary>
    private const string Prefix = "whsec_";

    private static readonly string Usage = CommandArguments.Usage(Name, "--tenant TENANT [--rotate]");

    public static async Task RunAsync(CommandArguments args)
    {
        var isRotation = args.Flag("--rotate");
        if (args.Tenant() is not { } tenant)
            throw CommandArguments.Misused(Usage);
        using var host = args.Host(
            Usage, services => services.AddOptions<WebhookOptions>().BindConfiguration("Actors:Webhooks").ValidateDataAnnotations());
        await host.StartAsync();
        if (!await host.Services.GetRequiredService<TenantDirectory>().ExistsAsync(tenant))
            throw new InvalidOperationException($"There is no tenant '{tenant}'.");
        var secrets = host.Services.GetRequiredService<WebhookSecrets>();
        var secret = isRotation ? await secrets.RotateAsync(tenant) : (await secrets.InForceAsync(tenant))[0];
        await Console.Out.WriteLineAsync(Prefix + Convert.ToBase64String(secret));
        await host.StopAsync();
    }
}
