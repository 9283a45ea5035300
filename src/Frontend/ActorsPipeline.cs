using Actors.Frontend.Draining;
using Actors.Frontend.Health;
using Actors.Frontend.Mcp;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Origins;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Actors.Frontend;

/// <summary>Puts the frontend's paths into the pipeline.</summary>
public static class ActorsPipeline
{
    /// <summary>
    /// Serves the MCP endpoint, <c>/healthz</c> and <c>/readyz</c>, and passes every other path on. One comparison of paths
    /// instead of routing: a poll is answered in a few microseconds, of which routing would be a good part.
    /// </summary>
    public static IApplicationBuilder MapActors(this IApplicationBuilder app)
    {
        var services = app.ApplicationServices;
        var mcp = services.GetRequiredService<McpEndpoint>();
        var origins = services.GetRequiredService<OriginGuard>();
        var health = services.GetRequiredService<HealthEndpoints>();
        var drain = services.GetRequiredService<Drain>();
        var mcpPath = services.GetRequiredService<IOptions<McpOptions>>().Value.Path;
        return app.Use(next => http => Route(http, next, mcp, origins, health, drain, mcpPath));
    }

    private static Task Route(
        HttpContext http, RequestDelegate next, McpEndpoint mcp, OriginGuard origins, HealthEndpoints health, Drain drain, string mcpPath)
    {
        var path = http.Request.Path.Value;
        if (path == "/healthz")
            return HealthEndpoints.LiveAsync(http);
        if (path == "/readyz")
            return health.ReadyAsync(http);
        if (origins.Find(http) is { } refused)
            return ErrorResponse.WriteAsync(http, WireError.From(refused)!, id: null).AsTask();
        // A connection that is kept would be cut in the end: its next request is to find another frontend.
        if (drain.IsDraining && HttpProtocol.IsHttp11(http.Request.Protocol))
            http.Response.Headers.Connection = "close";
        return path == mcpPath ? mcp.HandleAsync(http) : next(http);
    }
}
