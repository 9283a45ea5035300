using Actors.Frontend;
using Actors.Silo;
using Actors.Standalone;
using Orleans.Configuration;
using Orleans.Hosting;

try
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.AddStandalone();
    await using var database = await LaptopDatabase.StartAsync(builder);
    // The one silo of this database keeps its name: after a crash it has its jobs back at once, not when the lease lapses.
    builder.AddActorsSilo(silo => silo.UseLocalhostClustering().Configure<SiloOptions>(options => options.SiloName = "standalone"));
    builder.AddActorsFrontend();

    var app = builder.Build();
    app.MapActors();
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartFailure.Explains(exception))
{
    // The edge of the process: what an operator can mend is said in a sentence, and everything else crashes as it should.
    Console.Error.WriteLine($"Actors did not start: {exception.Message}");
    return 1;
}
