using Actors.Frontend;
using Actors.Frontend.Hosting;
using Actors.Storage;
using Microsoft.AspNetCore.Builder;

if (OperatorCommands.Has(args))
    return await StartFailure.RunAsync($"The {args[0]} command", () => OperatorCommands.RunAsync(args));

return await StartFailure.RunAsync("The frontend", async () =>
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.AddFrontendProcess();

    var app = builder.Build();
    app.MapActors();
    await app.RunUntilStoppedAsync();
});
