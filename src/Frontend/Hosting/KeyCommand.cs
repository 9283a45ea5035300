using Actors.Storage.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Frontend.Hosting;

/// <summary>
/// <c>key --tenant T --subject S</c>: issues an API key, makes the tenant where there is none, and prints the key, which nobody can read again.
/// </summary>
internal static class KeyCommand
{
    public const string Name = "key";

    private static readonly string Usage = CommandArguments.Usage(Name, "--tenant TENANT --subject SUBJECT");

    public static async Task RunAsync(CommandArguments args)
    {
        if (args.Tenant() is not { } tenant || args.Value("--subject") is not { } subject)
            throw CommandArguments.Misused(Usage);
        using var host = args.Host(Usage);
        await host.StartAsync();
        await host.Services.GetRequiredService<TenantDirectory>().CreateAsync(tenant);
        var key = await host.Services.GetRequiredService<ApiKeys>().IssueAsync(tenant, subject);
        await Console.Out.WriteLineAsync(key.Plaintext);
        await host.StopAsync();
    }
}
