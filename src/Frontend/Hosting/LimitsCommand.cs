using System.Globalization;
using Actors.Storage;
using Actors.Storage.Queue;
using Actors.Storage.Tenants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Frontend.Hosting;

/// <summary>
/// <c>Actors.Frontend limits --tenant T [--max-running N] ...</c>: sets what a tenant may have, makes the tenant where there is none, and
/// prints what holds then. <c>default</c> in place of a number goes back to the configured default.
/// </summary>
internal static class LimitsCommand
{
    public const string Name = "limits";

    private const string Default = "default";

    public static async Task RunAsync(string[] args)
    {
        var (tenant, changes, settings) = Read(args[1..]);
        var builder = Host.CreateApplicationBuilder(settings);
        builder.Logging.ClearProviders();
        builder.Services.AddActorsStorage(options => builder.Configuration.GetSection("Actors:Storage").Bind(options));
        builder.Services.AddOptions<QuotaOptions>().BindConfiguration("Actors:Quotas").ValidateDataAnnotations();
        using var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<TenantDirectory>().CreateAsync(tenant);
        var table = host.Services.GetRequiredService<TenantLimitTable>();
        foreach (var (limit, value) in changes)
            await table.SetAsync(tenant, limit, value);
        await Console.Out.WriteLineAsync(Text(tenant, await table.ReadAsync(tenant)));
        await host.StopAsync();
    }

    private static (string Tenant, List<(TenantLimit Limit, long? Value)> Changes, string[] Settings) Read(string[] args)
    {
        string? tenant = null;
        var changes = new List<(TenantLimit, long?)>();
        var settings = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--tenant" && i + 1 < args.Length)
                tenant = args[++i];
            else if (TenantLimit.All.FirstOrDefault(limit => args[i] == $"--{limit.Name}") is { } limit && i + 1 < args.Length)
                changes.Add((limit, Number(args[++i], limit)));
            else
                settings.Add(args[i]);
        }

        return tenant is not null && TenantDirectory.IsName(tenant)
            ? (tenant, changes, [.. settings])
            : throw new InvalidOperationException(
                $"usage: Actors.Frontend limits --tenant TENANT {string.Join(' ', TenantLimit.All.Select(limit => $"[--{limit.Name} N|{Default}]"))}. "
                + "The database is Actors:Storage:ConnectionString.");
    }

    private static long? Number(string text, TenantLimit limit)
    {
        if (text == Default)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= limit.Least && value <= limit.Most
            ? value
            : throw new InvalidOperationException($"--{limit.Name} takes a number from {limit.Least} to {limit.Most}, or '{Default}'.");
    }

    private static string Text(string tenant, TenantLimits limits) => string.Join(
        Environment.NewLine,
        TenantLimit.All.Select(limit => string.Create(CultureInfo.InvariantCulture, $"{limit.Name,-26}{(object?)limit.Of(limits) ?? "no limit"}"))
            .Prepend($"{"tenant",-26}{tenant}"));
}
