using Actors.Storage;
using Actors.Storage.Retention;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Frontend.Hosting;

/// <summary>
/// <c>Actors.Frontend hold --tenant T --job ID --on|--off [--reason TEXT]</c>: keeps a job's record whatever its owner and its time say, or lets go of
/// it again.
/// </summary>
internal static class HoldCommand
{
    public const string Name = "hold";

    private const string Usage =
        "usage: Actors.Frontend hold --tenant TENANT --job ID --on|--off [--reason TEXT]. The database is Actors:Storage:ConnectionString.";

    public static async Task RunAsync(string[] args)
    {
        var (tenant, job, reason, isOn, settings) = Read(args);
        var builder = Host.CreateApplicationBuilder(settings);
        builder.Logging.ClearProviders();
        builder.Services.AddActorsStorage(options => builder.Configuration.GetSection("Actors:Storage").Bind(options));
        using var host = builder.Build();
        await host.StartAsync();
        var pins = host.Services.GetRequiredService<JobPins>();
        var pin = await (isOn ? pins.HoldAsync(tenant, job, reason) : pins.ReleaseAsync(tenant, job))
            ?? throw new InvalidOperationException($"There is no job {tenant}/{job}.");
        await Console.Out.WriteLineAsync($"{tenant}/{job}: {(pin.IsHeld ? "held" : pin.IsPinned ? "not held, but pinned by its owner" : "not held")}");
        await host.StopAsync();
    }

    private static (string Tenant, string Job, string? Reason, bool IsOn, string[] Settings) Read(string[] args)
    {
        string? tenant = null, job = null, reason = null;
        bool? isOn = null;
        var settings = new List<string>();
        for (var i = 1; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--tenant": tenant = Next(args, ref i); break;
                case "--job": job = Next(args, ref i); break;
                case "--reason": reason = Next(args, ref i); break;
                case "--on" or "--off": isOn = args[i] == "--on"; break;
                default: settings.Add(args[i]); break;
            }
        }

        return tenant is null || job is null || isOn is null
            ? throw new InvalidOperationException(Usage)
            : (tenant, job, reason, isOn.Value, [.. settings]);
    }

    private static string Next(string[] args, ref int at) =>
        ++at < args.Length ? args[at] : throw new InvalidOperationException(Usage);
}
