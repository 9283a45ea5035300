using Actors.Silo.Hosting;
using Actors.Storage;
using Microsoft.Extensions.Hosting;

return await StartFailure.RunAsync("The silo", async () =>
{
    var builder = Host.CreateApplicationBuilder(args);
    builder.AddSiloProcess();
    await builder.Build().RunUntilStoppedAsync();
});
