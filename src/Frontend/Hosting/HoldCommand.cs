using Actors.Storage.Retention;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Frontend.Hosting;

/// <summary>
/// <c>hold --tenant T --job ID --on|--off [--reason TEXT]</c>: keeps a job's record whatever its owner and its time say, or lets go of it again.
/// </summary>
internal static class HoldCommand
{
    public const string Name = "hold";

    private static readonly string Usage = CommandArguments.Usage(Name, "--tenant TENANT --job ID --on|--off [--reason TEXT]");

    public static async Task RunAsync(CommandArguments args)
    {
        var (isOn, isOff, reason) = (args.Flag("--on"), args.Flag("--off"), args.Value("--reason"));
        if (args.Tenant() is not { } tenant || args.Value("--job") is not { } job || isOn == isOff)
            throw CommandArguments.Misused(Usage);
        using var host = args.Host(Usage);
        await host.StartAsync();
        var pins = host.Services.GetRequiredService<JobPins>();
        var pin = await (isOn ? pins.HoldAsync(tenant, job, reason) : pins.ReleaseAsync(tenant, job))
            ?? throw new InvalidOperationException($"There is no job {tenant}/{job}.");
        await Console.Out.WriteLineAsync($"{tenant}/{job}: {(pin.IsHeld ? "held" : pin.IsPinned ? "not held, but pinned by its owner" : "not held")}");
        await host.StopAsync();
    }
}
