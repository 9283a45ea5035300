using Actors.Frontend;
using Actors.Silo;
using Actors.Standalone;
using Orleans.Hosting;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddStandalone();
await using var database = await LaptopDatabase.StartAsync(builder);
builder.AddActorsSilo(silo => silo.UseLocalhostClustering());
builder.AddActorsFrontend();

var app = builder.Build();
app.MapActors();
await app.RunAsync();
