using System.Globalization;
using Actors.Storage.Queue;
using Actors.Storage.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Frontend.Hosting;

/// <summary>
/// <c>limits --tenant T [--max-running N] ...</c>: sets what a tenant may have, makes the tenant where there is none, and prints what holds
/// then. <c>default</c> in place of a number goes back to the configured default.
/// </summary>
internal static class LimitsCommand
{
    public const string Name = "limits";

    private const string Default = "default";

    private static readonly string Usage = CommandArguments.Usage(
        Name, $"--tenant TENANT {string.Join(' ', TenantLimit.All.Select(limit => $"[--{limit.Name} N|{Default}]"))}");

    public static async Task RunAsync(CommandArguments args)
    {
        if (args.Tenant() is not { } tenant)
            throw CommandArguments.Misused(Usage);
        var changes = new List<(TenantLimit Limit, long? Value)>();
        foreach (var limit in TenantLimit.All)
        {
            if (args.Value($"--{limit.Name}") is { } text)
                changes.Add((limit, Number(text, limit)));
        }
        using var host = args.Host(Usage, services => services.AddOptions<QuotaOptions>().BindConfiguration("Actors:Quotas").ValidateDataAnnotations());
        await host.StartAsync();
        await host.Services.GetRequiredService<TenantDirectory>().CreateAsync(tenant);
        var table = host.Services.GetRequiredService<TenantLimitTable>();
        foreach (var (limit, value) in changes)
            await table.SetAsync(tenant, limit, value);
        await Console.Out.WriteLineAsync(Text(tenant, await table.ReadAsync(tenant)));
        await host.StopAsync();
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
