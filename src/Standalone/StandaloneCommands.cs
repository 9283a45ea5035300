using Actors.Frontend.Hosting;
using Actors.Storage.Postgres;

namespace Actors.Standalone;

/// <summary>The operator's commands, on this folder's server: the one that runs, or else one that is started for the command.</summary>
internal static class StandaloneCommands
{
    public static async Task RunAsync(string[] args)
    {
        // Settings come from where the server has them.
        var builder = WebApplication.CreateSlimBuilder([.. args.Where(argument => argument.Contains('=', StringComparison.Ordinal))]);
        builder.AddStandalone();
        if (!string.IsNullOrEmpty(builder.Configuration[LaptopDatabase.ConnectionString]))
        {
            await OperatorCommands.RunAsync(args);
            return;
        }

        if (await RunningPostgres.FindAsync(LaptopDatabase.Options(builder)) is { } running)
        {
            await OnAsync(running);
            return;
        }

        await using var database = await LaptopDatabase.StartAsync(builder);
        await OnAsync(builder.Configuration[LaptopDatabase.ConnectionString]!);

        Task OnAsync(string database) => OperatorCommands.RunAsync([.. args, $"--{LaptopDatabase.ConnectionString}={database}"]);
    }
}
