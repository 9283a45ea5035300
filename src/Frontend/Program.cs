using Actors.Frontend;
using Actors.Frontend.Hosting;
using Actors.Storage;
using Microsoft.AspNetCore.Builder;

if (args is [KeyCommand.Name, ..])
    return await StartFailure.RunAsync("The key command", () => KeyCommand.RunAsync(args));
if (args is [WebhookSecretCommand.Name, ..])
    return await StartFailure.RunAsync("The webhook-secret command", () => WebhookSecretCommand.RunAsync(args));
if (args is [LimitsCommand.Name, ..])
    return await StartFailure.RunAsync("The limits command", () => LimitsCommand.RunAsync(args));

if (args is [HoldCommand.Name, ..])
    return await StartFailure.RunAsync("The hold command", () => HoldCommand.RunAsync(args));

return await StartFailure.RunAsync("The frontend", async () =>
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.AddFrontendProcess();

    var app = builder.Build();
    app.MapActors();
    await app.RunUntilStoppedAsync();
});
