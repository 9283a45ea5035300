using Actors.Frontend;
using Actors.Frontend.Hosting;
using Actors.Silo;
using Actors.Standalone;
using Actors.Storage;
using Orleans.Configuration;
using Orleans.Hosting;

if (OperatorCommands.Has(args))
    return await StartFailure.RunAsync($"The {args[0]} command", () => StandaloneCommands.RunAsync(args));

return await StartFailure.RunAsync("Actors", async () =>
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.AddStandalone();
    await using var database = await LaptopDatabase.StartAsync(builder);
    // The one silo of this database keeps its name: after a crash it has its jobs back at once, not when the lease lapses.
    builder.AddActorsSilo(silo => silo.UseLocalhostClustering().Configure<SiloOptions>(options => options.SiloName = "standalone"));
    builder.AddActorsFrontend();

    var app = builder.Build();
    app.MapActors();
    await app.RunUntilStoppedAsync();
});
