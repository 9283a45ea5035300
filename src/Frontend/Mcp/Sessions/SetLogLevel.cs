using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Retries;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary><c>logging/setLevel</c>: holds for the session's calls from now on.</summary>
internal sealed class SetLogLevel(RetryPolicy retries, ServerIdentity identity) : LegacyMethod
{
    public override string Name => "logging/setLevel";

    public override async ValueTask HandleAsync(McpRequest request)
    {
        using var parameters = ParamsDocument.Open(request);
        var level = ParamsDocument.OptionalString(parameters.RootElement, "level");
        if (level is null || !LogLevels.Contains(level))
            throw new RefusedException(
                Refusal.InvalidParams, "params.level must be one of debug, info, notice, warning, error, critical, alert, emergency.");
        var isKnown = await retries.RunAsync(
            () => new ValueTask<bool>(request.Session!.Grain.SetLogLevelAsync(request.Caller, level)), request.Aborted);
        if (!isKnown)
            throw SessionDirectory.NotFound();
        await Acknowledgement.SendAsync(request, identity);
    }
}
